namespace RLSeq.Environments;

/// <summary>The action that stands for none: zero in every element, or what in its box is nearest to zero.</summary>
internal static class NullAction
{
    public static float[] Of(Space space)
    {
        var action = new float[space.Size];
        space.Clip(action);
        return action;
    }
}
