using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;
using TorchSharp.Modules;

namespace RLSeq.Training;

/// <summary>Trains one policy with PPO. Holds no files: <see cref="TrainingRun"/> adds the folder, or a script drives it directly.</summary>
public sealed class Trainer : IDisposable
{
    /// <summary>Weights are drawn from the one generator of the process, so trainers that are made side by side take turns.</summary>
    private static readonly Lock Drawing = new();

    private readonly PpoUpdate _update;
    private readonly RolloutSource _rollouts;

    /// <summary>Makes a trainer at the beginning of its run.</summary>
    /// <param name="configuration">All that decides the run.</param>
    /// <param name="environment">Makes environments; null takes the configuration's name from the registry. The configuration's wrappers and clock go around either.</param>
    /// <exception cref="UserInputException">The configuration names something unknown or asks for the impossible.</exception>
    public Trainer(TrainingConfiguration configuration, Func<IEnvironment>? environment = null)
    {
        configuration.Validate();
        NamedEnvironment? named = environment is null ? NamedEnvironment.Of(configuration) : null;
        WrapperList wrappers = named?.Wrappers ?? WrapperList.Parse(configuration.EnvironmentOptions.Wrappers);
        Func<IEnvironment> rowFactory = named?.RowFactory(configuration.Ppo.Environments) ?? Given(environment!, wrappers, configuration.Clock.Load());
        IEnvironment Create() => DecisionRecorder.Around(rowFactory(), configuration.Ppo.Discount);
        if (named?.Entry.CreateWorld is not null && configuration.EnvironmentOptions.OnError == EnvironmentOptions.Restart)
            throw new UserInputException($"environment.on_error=restart restarts single rows, but the rows of {named.Entry.Name} share their worlds; leave it at {EnvironmentOptions.Stop}.");
        Device = TorchDevice.Resolve(configuration.Device);
        set_num_threads(configuration.Threads);
        PpoSettings ppo = configuration.Ppo;
        int rows = ppo.Environments, steps = ppo.Rollout;
        using (IEnvironment probe = Create()) MemoryBudget.Check(configuration, probe.ObservationSpace, probe.ActionSpace);

        Environments = new VectorEnvironment(Create, rows, new VectorOptions { RestartOnError = configuration.EnvironmentOptions.OnError == EnvironmentOptions.Restart });
        try
        {
            // What was really trained on is what the run's files name, whatever the factory made and however the name was spelt.
            Configuration = configuration with
            {
                Environment = named?.Entry.Name ?? Environments.Name,
                EnvironmentOptions = configuration.EnvironmentOptions with { Wrappers = wrappers.ToString() },
                Memory = configuration.Memory with { Name = MemoryRegistry.Find(configuration.Memory.Name).Name },
            };
            TimeSpan stepTimeout = TimeSpan.FromSeconds(configuration.EnvironmentOptions.StepTimeout);
            using (var watch = new VectorWatch(Environments, stepTimeout)) watch.Run(1, _ => Environments.Reset(RandomSource.Derive(configuration.Seed, 1)));
            lock (Drawing)
            {
                manual_seed((long)(RandomSource.Derive(configuration.Seed, 0) >> 1));
                Network = new ActorCritic(Environments.ObservationSpace, Environments.ActionSpace, configuration.MemorySettings, configuration.Network.EncoderLayers);
            }
            Network.to(Device);
            Configuration = Configuration with { Acting = ActingChoice.Resolve(configuration.Acting, Device.type, rows, Network.ParameterCount, configuration.CollectThreads) };
            ActingChoice.CheckOverlap(Configuration);
            Optimizer = optim.Adam(Network.parameters(), ppo.LearningRate, eps: ppo.AdamEpsilon);
            Observed = new ObservationStatistics(Environments.ObservationSpace);
            Rewarded = new RewardScale(rows);
            if (ppo.NormalizeObservations) Network.Encoder.Normalize(Observed.ToNormalization());
            Collector = new Collector(Environments, ActingEngine.Of(Configuration.Acting, Network, configuration.Threads), RandomSource.Derive(configuration.Seed, 2), configuration.CollectThreads, stepTimeout);
            Shuffle = new RandomSource(RandomSource.Derive(configuration.Seed, 3));
            _update = new PpoUpdate(Network, Optimizer, ppo, Device, configuration.Threads);
            _rollouts = new RolloutSource(Collector, Storage, Configuration.Overlap);
            Rollout Storage() => new(steps, rows, Environments.ObservationSpace.Size, Environments.ActionSpace.Size,
                new StateHistory(Network.Memory.Layout, rows, steps, configuration.SequenceLength, ppo.BurnIn), Environments.MaskSize, Collector.Decides);
        }
        catch
        {
            Environments.Dispose(); // an environment may be a process or a connection
            throw;
        }
    }

    /// <summary>All that decides the run.</summary>
    public TrainingConfiguration Configuration { get; }

    /// <summary>Where the network learns.</summary>
    public Device Device { get; }

    /// <summary>The network that learns.</summary>
    public ActorCritic Network { get; }

    /// <summary>Updates done.</summary>
    public long Updates { get; internal set; }

    /// <summary>Environment steps done, which are decisions under a clock.</summary>
    public long Steps => Updates * Configuration.StepsPerUpdate;

    /// <summary>Time spent training.</summary>
    public double Seconds { get; internal set; }

    /// <summary>Whether all updates are done.</summary>
    public bool Finished => Updates >= Configuration.Updates;

    /// <summary>The last episodes that ended.</summary>
    public EpisodeWindow Episodes { get; } = new();

    /// <summary>What the clock did to the last rollout; null before the first, and where the world waits.</summary>
    public ClockMetrics? Clock { get; private set; }

    /// <summary>Failures of environments that were restarted after them.</summary>
    public long EnvironmentFailures => Environments.Failures;

    /// <summary>The latest of these failures since the trainer was made.</summary>
    public EnvironmentException? LastEnvironmentFailure => Environments.LastFailure;

    internal VectorEnvironment Environments { get; }

    internal Collector Collector { get; }

    internal OptimizerHelper Optimizer { get; }

    internal ObservationStatistics Observed { get; }

    internal RewardScale Rewarded { get; }

    internal RandomSource Shuffle { get; set; }

    /// <summary>Whether a rollout was begun that no update has learned from: then there is more to this run than a checkpoint holds.</summary>
    internal bool IsAhead => _rollouts.IsAhead;

    /// <summary>Trains until all updates are done or it is cancelled.</summary>
    /// <param name="report">Called after every update.</param>
    /// <param name="cancellation">Ends the run after the update under way.</param>
    public void Run(Action<TrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        while (!Finished && !cancellation.IsCancellationRequested)
        {
            TrainingProgress progress = Update();
            report?.Invoke(progress);
        }
        // What was collected ahead is learned from, so that a checkpoint has nothing to remember about it.
        if (_rollouts.IsAhead) report?.Invoke(Update(ahead: false));
    }

    /// <summary>Collects one rollout and learns from it.</summary>
    /// <exception cref="InvalidOperationException">All updates are done.</exception>
    public TrainingProgress Update()
    {
        // A checkpoint that is due after this update finds nothing collected ahead, so that a resumed run goes on as this one would.
        bool pause = Configuration.CheckpointEvery > 0 && (Updates + 1) % Configuration.CheckpointEvery == 0;
        return Update(Configuration.Overlap && !pause && Updates + 1 < Configuration.Updates);
    }

    private TrainingProgress Update(bool ahead)
    {
        if (Finished) throw new InvalidOperationException($"All {Configuration.Updates} updates of this run are done; a longer run needs more steps from its beginning, since its learning rate depends on them.");
        PpoSettings ppo = Configuration.Ppo;
        TakeThreads();
        using Activity? activity = TrainingTelemetry.Start("rlseq.training.update", Configuration);
        long began = Stopwatch.GetTimestamp();
        bool waited = _rollouts.IsAhead;
        (Rollout rollout, IReadOnlyList<CollectedEpisode> episodes) = _rollouts.Take(ahead);
        foreach (CollectedEpisode episode in episodes) Take(episode);
        // Collecting that goes on beside learning costs this thread no more than the wait for its end.
        (double environments, double acting) = ahead || waited ? (0, 0) : (Collector.EnvironmentSeconds, Collector.ActingSeconds);
        double[] discounts = rollout.Decisions?.Discounts ?? [];
        if (ppo.NormalizeRewards) Rewarded.Apply(rollout.Rewards, rollout.Done, ppo.Discount, discounts);
        Advantage.Estimate(rollout.Rewards, Rollout.Floats(rollout.Values), rollout.NextValues, rollout.Done, rollout.Rows, ppo.Discount, ppo.Lambda, Rollout.Floats(rollout.Advantages), discounts);
        Clock = rollout.Decisions?.Measure();
        double collect = Stopwatch.GetElapsedTime(began).TotalSeconds;

        double rate = ppo.LearningRate * (ppo.LearningRateDecay ? 1 - ((double)Updates / Configuration.Updates) : 1);
        RandomSource shuffle = Shuffle;
        UpdateMetrics learning = _update.Run(rollout, Configuration.SequenceLength, rate, ref shuffle);
        Shuffle = shuffle;
        if (ppo.NormalizeObservations)
        {
            Observed.Add(Rollout.Floats(rollout.Observations), rollout.ObservationSize);
            Network.Encoder.Normalize(Observed.ToNormalization());
        }
        if (!ahead) Collector.TakeWeights();
        Updates++;

        double total = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Seconds += total;
        (double forward, double backward, double optimizer) = _update.Seconds;
        var phases = new PhaseTimes(environments, acting, collect - environments - acting, forward, backward, optimizer, total - collect - forward - backward - optimizer);
        var progress = new TrainingProgress(Updates, Configuration.Updates, Steps, Seconds, collect, total - collect, Episodes.Count, Episodes.MeanReturn, Episodes.MeanLength, rate, learning, phases, Environments.Failures, Clock);
        TrainingTelemetry.Record(this, progress);
        return progress;
    }

    /// <summary>What the memory's recall costs in one pass over the last rollout, in multiply-adds; see <see cref="Memory.RecallOperations"/>.</summary>
    public (long Attending, long Projecting) RecallOperations()
    {
        using DisposeScope scope = NewDisposeScope();
        SequenceBatch batch = SequenceBatch.Of(_rollouts.Last, Configuration.SequenceLength, CPU);
        long[] all = [.. Enumerable.Range(0, (int)batch.Starts.shape[1]).Select(i => (long)i)];
        return Network.Memory.RecallOperations(_rollouts.Last.States.To(CPU).Of(all), batch.Starts);
    }

    /// <summary>The policy with its current weights, and a short example of what it computes.</summary>
    public PolicyDefinition Export()
    {
        TakeThreads();
        return PolicyExport.WithExample(Network, Configuration, Steps);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _update.Dispose();
        _rollouts.Dispose();
        Collector.Dispose();
        Environments.Dispose();
        Optimizer.Dispose();
        Network.Dispose();
    }

    /// <summary>Makes rows of what a script gave, in the configuration's wrappers and clock.</summary>
    private static Func<IEnvironment> Given(Func<IEnvironment> environment, WrapperList wrappers, ReplayedClock? clock) => () =>
    {
        IEnvironment bare = EnvironmentParts.Complete(environment()), made = wrappers.Apply(bare);
        if (bare is AgentSeat && !ReferenceEquals(made, bare))
        {
            string name = EnvironmentAbilities.NameOf(bare);
            made.Dispose();
            throw NamedEnvironment.SeveralAgents(name);
        }
        return clock?.Around(made) ?? made;
    };

    /// <summary>
    /// Libtorch's threads belong to what decides the run, and their number to the process and the calling thread: another trainer, or whoever made this
    /// one on another thread, may have changed it.
    /// </summary>
    private void TakeThreads() => set_num_threads(Configuration.Threads);

    private void Take(CollectedEpisode episode)
    {
        Episodes.Add(episode.Return, episode.Length);
        TrainingTelemetry.Record(this, episode);
    }
}
