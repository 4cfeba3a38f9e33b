namespace RLSeq.Evaluation;

/// <summary>The tables of one claim, in the order in which they are read; those without rows are left out.</summary>
internal static class StudySections
{
    public static IEnumerable<(string[] Header, string[][] Rows)> Of(StudyResult study, ClaimResult claim)
    {
        (string[], IEnumerable<string[]>)[] all =
        [
            (StudyTables.ConditionHeader, StudyTables.Conditions(claim)),
            (StudyTables.ControlHeader, StudyTables.Controls(claim)),
            (StudyTables.ArmHeader, StudyTables.Arms(study, claim)),
            (StudyTables.ProbeHeader, StudyTables.Probes(study, claim)),
            (StudyTables.ObservationHeader, StudyTables.Observations(claim)),
        ];
        foreach ((string[] header, IEnumerable<string[]> rows) in all)
        {
            string[][] made = [.. rows];
            if (made.Length > 0) yield return (header, made);
        }
    }
}
