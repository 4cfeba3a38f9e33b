namespace RLSeq.Environments;

/// <summary>What the checks examine, and where they put what they find.</summary>
internal sealed class CheckSubject
{
    // Enough calls to see several episodes of most tasks; fewer where observations are large, as runs are kept to be compared.
    private const int MostCalls = 600, FewestCalls = 60, MostNumbers = 4_000_000;
    private readonly Func<IEnvironment> _create;
    private readonly CallWatch _watch;
    private readonly List<Finding> _findings = [];

    public CheckSubject(Func<IEnvironment> create, ulong seed, CallWatch watch) => (_create, Seed, _watch) = (create, seed, watch);

    public ulong Seed { get; }

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The number of calls of one run.</summary>
    public int Calls { get; private set; } = FewestCalls;

    /// <summary>Whether steps take so long that the checks make do with fewer.</summary>
    public bool IsSlow { get; set; }

    public IEnvironment Create()
    {
        IEnvironment made = _create();
        if (EnvironmentParts.Missing(made) is { } missing) throw new InvalidOperationException(missing);
        var environment = new WatchedEnvironment(made, _watch);
        Calls = IsSlow ? FewestCalls : Math.Clamp(MostNumbers / Math.Max(1, environment.ObservationSpace.Size), FewestCalls, MostCalls);
        return environment;
    }

    /// <summary>A full run of a new instance.</summary>
    public ScriptedRun Run(ulong seed, float fill = 0)
    {
        using IEnvironment environment = Create();
        return new ScriptedRun(environment, seed, fill).Advance(Calls);
    }

    public void Error(string check, string problem, string remedy) => Add(new(check, FindingSeverity.Error, problem, remedy));

    public void Warn(string check, string problem, string remedy) => Add(new(check, FindingSeverity.Warning, problem, remedy));

    /// <summary>The reset or step that threw an exception, in words; null where it comes from elsewhere.</summary>
    public string? PlaceOf(Exception exception) => _watch.PlaceOf(exception);

    public bool Has(string check) => _findings.Exists(finding => finding.Check == check);

    /// <summary>Keeps the first finding of each check; the others would say the same of later steps.</summary>
    private void Add(Finding finding)
    {
        if (!Has(finding.Check)) _findings.Add(finding);
    }
}
