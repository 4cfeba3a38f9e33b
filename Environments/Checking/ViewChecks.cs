namespace RLSeq.Environments;

/// <summary>
/// Checks of what only looks at an environment: its text, its image and its full state. Looking changes nothing, gives the same each time,
/// and follows from the seed and the actions.
/// </summary>
internal static class ViewChecks
{
    private const int MostLooks = 40;

    /// <summary>The text.</summary>
    public static void Text(CheckSubject subject) => Look(subject, "text", "ITextRenderable.Render", environment =>
        environment.Ability<ITextRenderable>() is { } drawn ? _ => Drawn(drawn) : null);

    /// <summary>The image. What it does not draw shows in the pixels that it was given.</summary>
    public static void Image(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        if (environment.Ability<IImageRenderable>() is not { } image) return;
        if (image.ImageWidth < 1 || image.ImageHeight < 1)
        {
            subject.Error("image", $"The image is {image.ImageWidth} pixels wide and {image.ImageHeight} high.", "Give both at least 1, the same for the environment's life.");
            return;
        }
        Look(subject, "image", "IImageRenderable.RenderImage", other => fill => Pixels(other.Ability<IImageRenderable>()!, fill));
    }

    /// <summary>The full state, which also lies in its space.</summary>
    public static void FullState(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        if (environment.Ability<IFullState>() is not { } full) return;
        var state = new float[full.FullStateSpace.Size];
        var run = new ScriptedRun(environment, subject.Seed);
        for (int call = 0; call < MostLooks; call++)
        {
            run.Advance();
            full.WriteFullState(state);
            if (full.FullStateSpace.Contains(state)) continue;
            subject.Error("full-state", $"The full state after {run.Place} is not in {full.FullStateSpace}.", "Widen FullStateSpace, or clip the state.");
            return;
        }
        Look(subject, "full-state", "IFullState.WriteFullState", other => fill => Written(other.Ability<IFullState>()!, fill));
    }

    /// <summary>Plays without looking, and again in another instance looking twice after every call.</summary>
    /// <param name="subject">What is checked.</param>
    /// <param name="check">The check's name.</param>
    /// <param name="member">What looks.</param>
    /// <param name="looks">Makes what looks at an instance, filling what is written to with a number first; null where there is nothing to look at.</param>
    private static void Look(CheckSubject subject, string check, string member, Func<IEnvironment, Func<byte, string>?> looks)
    {
        using IEnvironment environment = subject.Create(), same = subject.Create(), unseen = subject.Create();
        if (looks(environment) is not { } look || looks(same) is not { } lookAgain) return;
        ScriptedRun run = new(environment, subject.Seed), second = new(same, subject.Seed), alone = new(unseen, subject.Seed);
        for (int call = 0; call < MostLooks; call++)
        {
            run.Advance();
            second.Advance();
            alone.Advance();
            string first = look(0);
            if (look(255) != first)
            {
                subject.Error(check, $"{member} gives one thing and then another for the same state, after {run.Place}.", "Draw from the state alone, without random numbers, time or counters, and write every element or pixel.");
                return;
            }
            if (lookAgain(0) != first)
            {
                subject.Error(check, $"{member} differs between two instances that played the same seed and actions, after {run.Place}.", "It must follow from the state: look for fields that a reset does not set, static fields, and random numbers.");
                return;
            }
        }
        if (alone.DifferenceTo(run) is string difference)
            subject.Error(check, $"{member} changes the episode: {difference}.", "It must change no field that the episode depends on, and draw nothing from its random generator.");
    }

    private static string Drawn(ITextRenderable environment)
    {
        using var text = new StringWriter();
        environment.Render(text);
        return text.ToString();
    }

    private static string Pixels(IImageRenderable environment, byte fill)
    {
        var pixels = new byte[environment.ImageWidth * environment.ImageHeight * 3];
        pixels.AsSpan().Fill(fill);
        environment.RenderImage(pixels);
        return Convert.ToBase64String(pixels);
    }

    private static string Written(IFullState environment, byte fill)
    {
        var state = new float[environment.FullStateSpace.Size];
        state.AsSpan().Fill(fill);
        environment.WriteFullState(state);
        return string.Join(' ', state.Select(BitConverter.SingleToInt32Bits));
    }
}
