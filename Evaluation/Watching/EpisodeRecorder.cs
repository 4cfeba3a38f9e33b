using System.Security.Cryptography;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// Keeps what an <see cref="EpisodePlayer"/> plays. Whoever plays calls <see cref="Begin"/>, <see cref="OnDecided"/>,
/// <see cref="OnApplied"/> and <see cref="End"/> in their places, or <see cref="BreakOff"/> where something fails; <see cref="Record"/> plays and
/// records. What would make the recording larger
/// than its limit is left out, and the recording says so.
/// </summary>
public sealed class EpisodeRecorder
{
    /// <summary>The largest recording unless another limit is given: what a phone still opens.</summary>
    public const long DefaultMostBytes = 32 << 20;

    /// <summary>What a number takes in the replay, about.</summary>
    private const int BytesPerNumber = 10;

    private readonly EpisodePlayer _player;
    private readonly long _mostBytes;
    private readonly IImageRenderable? _image;
    private readonly ITextRenderable? _text;
    private readonly IFullState? _fullState;
    private readonly SpaceView _observations;
    private readonly SpaceView? _fullStates;
    private readonly byte[] _pixels;
    private readonly float[] _state;
    private readonly List<byte[]> _pictures = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _placeOfPicture = new(StringComparer.Ordinal), _placeOfText = new(StringComparer.Ordinal);
    private readonly List<RecordedEpisode> _episodes = [];
    private List<RecordedFrame> _frames = [];
    private RecordedFrame? _pending;
    private string? _failure;
    private long _bytes;

    /// <summary>Makes an empty recording.</summary>
    /// <param name="player">Plays the episodes.</param>
    /// <param name="mostBytes">About how large the replay's data may become.</param>
    public EpisodeRecorder(EpisodePlayer player, long mostBytes = DefaultMostBytes)
    {
        (_player, _mostBytes) = (player, mostBytes);
        IEnvironment environment = player.Environment;
        (_image, _text, _fullState) = (environment.Ability<IImageRenderable>(), environment.Ability<ITextRenderable>(), environment.Ability<IFullState>());
        _pixels = new byte[_image is null ? 0 : checked(_image.ImageWidth * _image.ImageHeight * 3)];
        _state = new float[_fullState?.FullStateSpace.Size ?? 0];
        _observations = new SpaceView(environment.ObservationSpace);
        _fullStates = _fullState is null ? null : new SpaceView(_fullState.FullStateSpace);
    }

    /// <summary>Whether frames are being left out, as the limit is reached.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Plays and records whole episodes.</summary>
    /// <param name="player">Plays them.</param>
    /// <param name="episodes">How many.</param>
    /// <param name="info">What is played.</param>
    /// <param name="mostBytes">About how large the replay's data may become.</param>
    /// <param name="cancellation">Stops between two steps; what has been recorded is given.</param>
    public static Recording Record(EpisodePlayer player, int episodes, RecordingInfo info, long mostBytes = DefaultMostBytes, CancellationToken cancellation = default)
    {
        var recorder = new EpisodeRecorder(player, mostBytes);
        for (int episode = 0; episode < episodes && !cancellation.IsCancellationRequested; episode++)
        {
            player.Begin(episode);
            recorder.Begin();
            while (player.End == EpisodeEnd.None && !cancellation.IsCancellationRequested)
            {
                player.Decide();
                recorder.OnDecided();
                player.Apply();
                recorder.OnApplied();
            }
            recorder.End();
        }
        return recorder.Finish(info);
    }

    /// <summary>After the player has begun an episode.</summary>
    public void Begin() => (_frames, _pending) = ([], null);

    /// <summary>After an action has been chosen, while the state that it was chosen in still stands.</summary>
    public void OnDecided() => _pending = IsFull ? null : Look();

    /// <summary>After the action has been applied.</summary>
    public void OnApplied()
    {
        if (_pending is { } frame) Add(frame with { Reward = _player.Reward });
        _pending = null;
    }

    /// <summary>After the last step of an episode, or where it is broken off: the state in which it stands becomes its last frame.</summary>
    public void End()
    {
        _pending = null;
        if (!IsFull) Add(Look() with { Action = [], Meaning = [], Value = float.NaN, LatencyMicroseconds = double.NaN, IsWarmup = false });
        if (_frames.Count > 0 || _episodes.Count == 0) Add(_player.End);
    }

    /// <summary>
    /// Where something failed, so that the state cannot be looked at: the choice that it was to follow, if any, becomes the last frame. An
    /// episode that did not begin is left out.
    /// </summary>
    /// <param name="reason">What failed.</param>
    public void BreakOff(string reason)
    {
        _failure = reason;
        if (_pending is { } frame) Add(frame with { Reward = float.NaN });
        _pending = null;
        if (_frames.Count > 0) Add(EpisodeEnd.Failed);
    }

    /// <summary>The recording.</summary>
    /// <param name="info">What was played.</param>
    public Recording Finish(RecordingInfo info) => new()
    {
        Info = info,
        Observations = _observations,
        FullStates = _fullStates,
        Actions = new SpaceView(_player.Environment.ActionSpace),
        Episodes = [.. _episodes],
        Pictures = [.. _pictures],
        Texts = [.. _texts],
        Latency = _player.Latency,
        IsFull = IsFull,
        Failure = _failure,
    };

    private RecordedFrame Look() => new()
    {
        Observation = _observations.NumbersOf(_player.Observation),
        ObservationPictures = PicturesOf(_observations, _player.Observation),
        Text = PlaceOfText(),
        Picture = PlaceOfPicture(),
        FullState = FullState(out int[] pictures),
        FullStatePictures = pictures,
        Action = _player.Action.ToArray(),
        Meaning = _player.Meaning.ToArray(),
        Value = _player.Value,
        LatencyMicroseconds = _player.LatencyMicroseconds,
        IsWarmup = _player.IsWarmup,
    };

    private void Add(EpisodeEnd end)
    {
        _episodes.Add(new RecordedEpisode(_player.Episode, _player.EpisodeSeed, _player.Step, _player.Return, end, _frames));
        _frames = []; // those of the episode are its own
    }

    private void Add(RecordedFrame frame)
    {
        _frames.Add(frame);
        _bytes += BytesPerNumber * (long)(frame.Observation.Length + frame.FullState.Length + frame.Action.Length + frame.Meaning.Length + frame.ObservationPictures.Length + frame.FullStatePictures.Length + 5);
        IsFull = _bytes >= _mostBytes;
    }

    private float[] FullState(out int[] pictures)
    {
        pictures = [];
        if (_fullStates is null) return [];
        _fullState!.WriteFullState(_state);
        pictures = PicturesOf(_fullStates, _state);
        return _fullStates.NumbersOf(_state);
    }

    private int[] PicturesOf(SpaceView view, ReadOnlySpan<float> value)
    {
        view.Draw(value);
        return [.. view.Parts.Select(part => part.Picture).OfType<Picture>().Select(picture => Place(picture.Pixels, picture.Width, picture.Height))];
    }

    private int PlaceOfPicture()
    {
        if (_image is null) return -1;
        _image.RenderImage(_pixels);
        return Place(_pixels, _image.ImageWidth, _image.ImageHeight);
    }

    /// <summary>Pixels that were there before, in whatever size, are compared by their hash: far cheaper than encoding them again.</summary>
    private int Place(byte[] pixels, int width, int height)
    {
        string key = $"{width} {Convert.ToHexString(SHA256.HashData(pixels))}";
        if (_placeOfPicture.TryGetValue(key, out int place)) return place;
        byte[] png = PngEncoder.Encode(pixels, width, height);
        _bytes += png.Length * 4L / 3; // as base64
        _pictures.Add(png);
        return _placeOfPicture[key] = _pictures.Count - 1;
    }

    private int PlaceOfText()
    {
        if (_text is null) return -1;
        using var written = new StringWriter { NewLine = "\n" };
        _text.Render(written);
        string text = written.ToString();
        if (_placeOfText.TryGetValue(text, out int place)) return place;
        _bytes += text.Length;
        _texts.Add(text);
        return _placeOfText[text] = _texts.Count - 1;
    }
}
