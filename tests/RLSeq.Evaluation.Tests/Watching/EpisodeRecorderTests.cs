using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Watching;

public sealed class EpisodeRecorderTests
{
    [Fact]
    public void The_same_seed_records_the_same_but_for_the_latencies()
    {
        using var lantern = new Lantern();
        Recording first = MadePolicies.Record(lantern, 4), second = MadePolicies.Record(lantern, 4);
        Assert.Equal(first.Texts, second.Texts);
        Assert.Equal(first.Pictures, second.Pictures);
        foreach ((RecordedEpisode one, RecordedEpisode two) in first.Episodes.Zip(second.Episodes))
        {
            Assert.Equal((one.Seed, one.Length, one.Return, one.End), (two.Seed, two.Length, two.Return, two.End));
            foreach ((RecordedFrame a, RecordedFrame b) in one.Frames.Zip(two.Frames))
            {
                Assert.Equal(a.Observation, b.Observation);
                Assert.Equal(a.Action, b.Action);
                Assert.Equal(a.Meaning, b.Meaning);
                Assert.Equal((a.Value, a.Reward, a.Text, a.Picture), (b.Value, b.Reward, b.Text, b.Picture));
            }
        }
        Assert.Equal(4, first.Episodes.Select(episode => episode.Seed).Distinct().Count());
    }

    [Fact]
    public void Rewards_add_up_to_the_return_of_an_evaluation()
    {
        using var lantern = new Lantern();
        EvaluationResult evaluated = Evaluator.Run(MadePolicies.For(lantern), lantern, new EvaluationSettings { Episodes = 5, Seed = 7, Selection = ActionSelection.Sample });
        Recording recording = MadePolicies.Record(lantern, 5);
        Assert.Equal(evaluated.Returns, recording.Episodes.Select(episode => episode.Frames.Aggregate(0.0, (sum, frame) => sum + frame.Reward)));
        Assert.Equal(evaluated.Returns, recording.Episodes.Select(episode => episode.Return));
        Assert.Equal(evaluated.Lengths, recording.Episodes.Select(episode => episode.Frames.Count - 1));
        Assert.All(recording.Episodes, episode => Assert.True(episode.IsWhole));
    }

    [Fact]
    public void Probabilities_add_up_and_the_chosen_action_is_among_the_allowed()
    {
        using var lantern = new Lantern();
        int forbidden = 0;
        foreach (RecordedFrame frame in MadePolicies.Record(lantern, 6).Episodes.SelectMany(episode => episode.Frames.SkipLast(1)))
        {
            Assert.Equal(1, frame.Meaning[..3].Sum(), 1e-5);
            Assert.True(frame.Meaning[(int)frame.Action[0]] > 0);
            Assert.Equal(frame.FullState[0] > 0, frame.Meaning[0] > 0); // no way to the left of the first place
            forbidden += frame.Meaning[..3].Count(probability => probability == 0);
            Assert.True(frame.Meaning[4] > 0 && float.IsFinite(frame.Value) && frame.LatencyMicroseconds > 0);
            Assert.InRange(frame.Action[1], -2, 4);
        }
        Assert.True(forbidden > 0);
    }

    [Fact]
    public void A_frame_holds_the_state_the_observation_of_it_and_the_choice_made_on_that()
    {
        using var lantern = new Lantern();
        Recording recording = MadePolicies.Record(lantern, 3);
        var pixels = new byte[lantern.ImageWidth * lantern.ImageHeight * 3];
        foreach (RecordedEpisode episode in recording.Episodes)
        {
            // Played again by hand, the world is in every frame what the frame says.
            var observation = new float[lantern.ObservationSpace.Size];
            lantern.Reset(episode.Seed, observation);
            foreach (RecordedFrame frame in episode.Frames)
            {
                using var text = new StringWriter { NewLine = "\n" };
                lantern.Render(text);
                lantern.RenderImage(pixels);
                Assert.Equal(text.ToString(), recording.Texts[frame.Text]);
                Assert.Equal(PngEncoder.Encode(pixels, lantern.ImageWidth, lantern.ImageHeight), recording.Pictures[frame.Picture]);
                Assert.Equal(observation[72..], frame.Observation);
                Assert.Equal(PngEncoder.Encode([.. observation[..72].Select(value => (byte)value)], Lantern.Places, 4), recording.Pictures[frame.ObservationPictures.Single()]);
                var state = new float[2];
                lantern.WriteFullState(state);
                Assert.Equal(state, frame.FullState);
                if (frame.Action.Length > 0) Assert.Equal(frame.Reward, lantern.Step(frame.Action, observation).Reward);
            }
            Assert.All(episode.Frames.SkipLast(1), frame => Assert.Equal(2, frame.Action.Length));
            Assert.Empty(episode.Frames[^1].Action);
        }
        Assert.Equal(recording.Pictures.Count, recording.Pictures.Select(Convert.ToBase64String).Distinct().Count());
    }

    [Fact]
    public void The_observation_is_that_of_the_wrappers()
    {
        using var stacked = new FrameStack(EnvironmentRegistry.Create("CartPole"), 3);
        Recording recording = MadePolicies.Record(stacked, 1);
        IReadOnlyList<RecordedFrame> frames = recording.Episodes[0].Frames;
        Assert.Equal(12, frames[0].Observation.Length);
        Assert.Equal(frames[0].Observation[..4], frames[0].Observation[8..]);
        Assert.Equal(frames[4].Observation[8..], frames[6].Observation[..4]);
        Assert.StartsWith("CartPole: step 0", recording.Texts[frames[0].Text], StringComparison.Ordinal); // seen through the wrapper
    }

    [Fact]
    public void Random_actions_have_no_probabilities_values_or_latencies()
    {
        using var lantern = new Lantern();
        var player = new EpisodePlayer(lantern, null, new WatchSettings());
        Recording recording = EpisodeRecorder.Record(player, 1, RecordingInfo.Of(player, "Lantern"));
        Assert.All(recording.Episodes[0].Frames, frame => Assert.True(frame.Meaning.Length == 0 && float.IsNaN(frame.Value) && double.IsNaN(frame.LatencyMicroseconds)));
        Assert.Equal(("random actions", 20.0), (recording.Info.Player, recording.Info.StepsPerSecond));
    }

    [Fact]
    public void Episodes_are_shown_at_the_rate_of_their_environment()
    {
        using IEnvironment none = EnvironmentRegistry.Create("RepeatPreviousEasy"), timed = new Timed(), stacked = new FrameStack(new Timed(), 2), repeated = new ActionRepeat(new Timed(), 4);
        Assert.Equal([RecordingInfo.ReadingRate, 60, 60, 15], ((IEnvironment[])[none, timed, stacked, repeated]).Select(RecordingInfo.Rate));
    }

    [Fact]
    public void A_full_recording_says_so_and_knows_how_its_last_episode_went_on()
    {
        using var lantern = new Lantern();
        Recording whole = MadePolicies.Record(lantern, 6), full = MadePolicies.Record(lantern, 6, mostBytes: 1500);
        Assert.False(whole.IsFull);
        Assert.True(full.IsFull);
        Assert.InRange(full.Episodes.Count, 1, 5);
        RecordedEpisode last = full.Episodes[^1], asWhole = whole.Episodes[last.Number];
        Assert.False(last.IsWhole);
        Assert.Equal((asWhole.Return, asWhole.Length), (last.Return, last.Length));
        Assert.Contains($"ends in episode {last.Number + 1} after {last.Frames.Count} of {last.Length + 1} frames", HtmlReplay.ToHtml(full), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_between_two_steps_keeps_what_was_played()
    {
        using var lantern = new Lantern();
        EpisodePlayer player = MadePolicies.Player(lantern);
        var recorder = new EpisodeRecorder(player);
        player.Begin(0);
        recorder.Begin();
        player.Decide();
        recorder.OnDecided();
        player.Apply();
        recorder.OnApplied();
        recorder.End();
        RecordedEpisode episode = recorder.Finish(RecordingInfo.Of(player, "Lantern")).Episodes.Single();
        Assert.Equal((1, 2, EpisodeEnd.None), (episode.Length, episode.Frames.Count, episode.End));
    }

    [Theory]
    [InlineData(0, 0, new int[0])] // an episode that did not begin is not there
    [InlineData(1, 0, new[] { 3 })] // … and those before it are there once
    [InlineData(1, 2, new[] { 3, 2 })]
    public void What_was_played_before_a_failure_is_kept_with_the_choice_that_it_failed_on(int episode, int step, int[] frames)
    {
        using var failing = new Failing(episode, step);
        var player = new EpisodePlayer(failing, null, new WatchSettings());
        var recorder = new EpisodeRecorder(player);
        var failure = Assert.Throws<InvalidOperationException>((Action)Play);
        recorder.BreakOff(failure.Message);
        Recording recording = recorder.Finish(RecordingInfo.Of(player, "Failing"));
        Assert.Equal(Failing.Reason, recording.Failure);
        Assert.Equal(frames, recording.Episodes.Select(recorded => recorded.Frames.Count));
        if (step == 0) return;
        RecordedEpisode last = recording.Episodes[^1];
        Assert.Equal((1, 1.0, EpisodeEnd.Failed), (last.Length, last.Return, last.End));
        Assert.Equal((1, 1), (last.Frames[1].Observation[0], last.Frames[1].Action.Length)); // seen after the first step, and what was chosen on it
        Assert.True(float.IsNaN(last.Frames[1].Reward));
        string html = HtmlReplay.ToHtml(recording);
        Assert.Contains("what was played until then is here: " + Failing.Reason, html, StringComparison.Ordinal);
        Assert.Contains("\"end\":\"failed\"", html, StringComparison.Ordinal);

        void Play()
        {
            for (int i = 0; i < 10; i++)
            {
                player.Begin(i);
                recorder.Begin();
                while (player.End == EpisodeEnd.None)
                {
                    player.Decide();
                    recorder.OnDecided();
                    player.Apply();
                    recorder.OnApplied();
                }
                recorder.End();
            }
        }
    }

    private sealed class Failing(int episode, int step) : EnvironmentBase(Space.Box(0, 10, 1), Space.Discrete(2))
    {
        public const string Reason = "A wheel came off.";

        private int _episode = -1;

        protected override void OnReset(Span<float> observation)
        {
            observation[0] = 0;
            if (++_episode == episode && step == 0) throw new InvalidOperationException(Reason);
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = Steps;
            if (_episode == episode && Steps == step) throw new InvalidOperationException(Reason);
            return new(1, Terminated: Steps == 2, Truncated: false);
        }
    }

    private sealed class Timed() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(2)), IRealTime
    {
        public double StepsPerSecond => 60;

        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => new(0, Terminated: Steps == 3, Truncated: false);
    }
}
