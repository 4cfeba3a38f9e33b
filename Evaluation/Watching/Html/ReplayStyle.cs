namespace RLSeq.Evaluation.Html;

/// <summary>What a replay's page adds to <see cref="ReportStyle"/>. None of the characters that XML escapes, as there.</summary>
internal static class ReplayStyle
{
    public const string Css = """

        .controls { display: flex; flex-wrap: wrap; gap: .5rem .7rem; align-items: center; margin: .8rem 0 .4rem; }
        .controls button, .controls select { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .4rem .8rem; min-height: 2.6rem; }
        .controls button { cursor: pointer; } #play { min-width: 5.2rem; background: var(--accent); color: var(--page); border-color: var(--accent); font-weight: 600; }
        .controls label { color: var(--soft); font-size: .9rem; } .controls select { max-width: 16rem; }
        #scrub { width: 100%; min-height: 2rem; accent-color: var(--accent); margin: 0; }
        .status { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; margin: .2rem 0 .9rem; font-variant-numeric: tabular-nums; }
        .name-of { color: var(--soft); margin-right: .4rem; }
        .panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .9rem; align-items: start; }
        .panel { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .8rem 1rem 1rem; min-width: 0; }
        .panel h2 { margin: 0 0 .5rem; font-size: 1rem; }
        .panel pre { border: 0; padding: 0; margin: .5rem 0 0; line-height: 1.25; }
        .panel img, .panel canvas { display: block; width: 100%; max-width: 24rem; max-height: 24rem; object-fit: contain; image-rendering: pixelated; border: 1px solid var(--grid); }
        .panel details { margin: .7rem 0 0; } .panel summary { font-size: .9rem; }
        .bar { display: grid; grid-template-columns: 2.2rem 1fr 6rem; gap: .5rem; align-items: center; font-size: .88rem; font-variant-numeric: tabular-nums; margin: .15rem 0; }
        .what { color: var(--soft); text-align: right; } .track { height: .85rem; background: var(--grid); border-radius: 3px; overflow: hidden; }
        .fill { display: block; height: 100%; background: var(--c6); } .chosen .fill { background: var(--accent); } .chosen .what, .chosen .figure { color: var(--ink); font-weight: 700; }
        .one-of { display: flex; flex-wrap: wrap; gap: .2rem; align-items: center; margin: .25rem 0; font-size: .85rem; }
        .one-of .what { min-width: 1.4rem; margin-right: .2rem; } .cell { min-width: 1.7rem; padding: .1rem .35rem; text-align: center; color: var(--soft); background: var(--grid); border-radius: 4px; }
        .lit { background: var(--accent); color: var(--page); font-weight: 700; print-color-adjust: exact; }
        .number { margin: .3rem 0; font-variant-numeric: tabular-nums; }
        .charts { margin-top: .9rem; display: grid; gap: .9rem; } .charts svg { cursor: crosshair; height: 150px; }
        .cursor { stroke: var(--ink); stroke-width: 1.2; fill: none; } .p50, .p99 { fill: none; } .thin, .faint { stroke: var(--c); stroke-width: 1.4; fill: none; } .faint { opacity: .5; }
        @media print { .controls, #scrub, .keys { display: none; } .fill { print-color-adjust: exact; } .panel { break-inside: avoid; } .panels { grid-template-columns: repeat(3, 1fr); } }

        """;
}
