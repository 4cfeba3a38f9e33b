using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Watching;

/// <summary>
/// A lantern carried along a dark row of six places to a goal that is not seen: everything that an environment can show, drawn and told,
/// with a name and a text that try to break out of whatever they stand in.
/// </summary>
public sealed class Lantern() : EnvironmentBase(
    Space.Tuple(Space.Bytes(4, Places, 3), Space.Box(-1, 1, 2), Space.Discrete(3)), Space.Tuple(Space.Discrete(3), Space.Box(-2, 4, 1)), Hostile),
    IActionMasking, ITextRenderable, IImageRenderable, IFullState, IRealTime
{
    public const int Places = 6, Longest = 9;

    public const string Hostile = "</script><img src=x onerror=\"alert('1')\">]]>&amp;<!--";

    private int _place, _goal;

    public int ImageWidth => 2 * Places;

    public int ImageHeight => 8;

    public double StepsPerSecond => 20;

    public Space FullStateSpace => Space.MultiDiscrete(Places, Places);

    public void WriteActionMask(Span<bool> mask) => (mask[0], mask[1], mask[2]) = (_place > 0, true, _place < Places - 1);

    public void WriteFullState(Span<float> state) => (state[0], state[1]) = (_place, _goal);

    public void Render(TextWriter output)
    {
        output.WriteLine(Hostile);
        output.WriteLine($"{new string('.', _place)}*{new string('.', Places - 1 - _place)}\u001B[2J goal {_goal}");
    }

    public void RenderImage(Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += 3)
        {
            int x = i / 3 % ImageWidth / 2;
            (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)(x == _place ? 250 : 10), (byte)(x == _goal ? 200 : 20), (byte)(i / 3 / ImageWidth));
        }
    }

    protected override void OnReset(Span<float> observation)
    {
        (_place, _goal) = (Random.NextInt(Places), Random.NextInt(Places));
        Observe(observation);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _place = Math.Clamp(_place + Discrete(action) - 1, 0, Places - 1);
        Observe(observation);
        return new(0.1f - Math.Abs(action[1]) - (0.01f * Math.Abs(_place - _goal)), Terminated: _place == _goal && Steps > 2, Truncated: Steps == Longest);
    }

    private void Observe(Span<float> observation)
    {
        for (int i = 0; i < 4 * Places * 3; i++) observation[i] = i / 3 % Places == _place ? 255 : i % 256;
        (observation[72], observation[73], observation[74]) = (_place / 5f, -Steps / (float)Longest, _place % 3);
    }
}
