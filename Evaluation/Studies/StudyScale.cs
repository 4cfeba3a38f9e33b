namespace RLSeq.Evaluation;

/// <summary>How large a study is.</summary>
public sealed record StudyScale
{
    /// <summary>Whether it takes what it needs, instead of about half an hour on two cores.</summary>
    public bool Full { get; init; }

    /// <summary>Seeds of every arm; null for what each claim names.</summary>
    public int? Seeds { get; init; }

    /// <summary>Steps of every run, to try things out; null for what each claim names.</summary>
    public long? Steps { get; init; }

    /// <summary>The steps of a run.</summary>
    /// <param name="ordinary">In the default study.</param>
    /// <param name="full">In the full one.</param>
    public long StepsOf(long ordinary, long full) => Steps ?? (Full ? full : ordinary);
}
