namespace RLSeq.Evaluation.Html;

/// <summary>
/// The report's style sheet. It holds none of the characters that XML escapes, since a style element's content is not unescaped by
/// browsers. Printing uses the light colours and opens what is folded.
/// </summary>
internal static class ReportStyle
{
    public const string Css = """

        :root { color-scheme: light dark; --page: #fbfbfa; --card: #ffffff; --ink: #1c1e21; --soft: #5b6068; --rule: #dcdfe3; --grid: #eceef0; --accent: #0b62a8; --caution: #8a4b00; --caution-back: #fff6e5;
          --c0: #0072b2; --c1: #d55e00; --c2: #00825f; --c3: #b0558f; --c4: #a87000; --c5: #2f8fc7; --c6: #5a5f66; }
        @media screen and (prefers-color-scheme: dark) { :root { --page: #14161a; --card: #1c1f24; --ink: #e8eaed; --soft: #a2a9b3; --rule: #363b43; --grid: #2a2e35; --accent: #7cbcf0; --caution: #f2c37c; --caution-back: #2e2617;
          --c0: #4aa8e8; --c1: #ff8a3d; --c2: #2fc79a; --c3: #e39bc8; --c4: #e6b422; --c5: #8fd0f5; --c6: #b3b9c2; } }
        .c0 { --c: var(--c0); } .c1 { --c: var(--c1); } .c2 { --c: var(--c2); } .c3 { --c: var(--c3); } .c4 { --c: var(--c4); } .c5 { --c: var(--c5); } .c6 { --c: var(--c6); }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; overflow-wrap: break-word; }
        main { max-width: 62rem; margin: 0 auto; padding: 2.2rem 1.25rem 4rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; margin: 0 0 .4rem; }
        h2 { font-size: 1.2rem; margin: 2.6rem 0 .6rem; }
        h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
        p { margin: .4rem 0 .8rem; }
        .context, .caption, .legend { color: var(--soft); }
        .caption { font-size: .88rem; margin: .5rem 0 0; }
        .summary { list-style: none; margin: .6rem 0; padding: 1rem 1.2rem; background: var(--card); border: 1px solid var(--rule); border-left: 4px solid var(--accent); border-radius: 8px; }
        .summary li + li { margin-top: .55rem; }
        .cautions { border-left-color: var(--caution); background: var(--caution-back); }
        .cautions b { color: var(--caution); }
        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
        .scroll:focus-visible { outline: 2px solid var(--accent); }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .5rem .7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--grid); }
        thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--rule); vertical-align: bottom; white-space: normal; min-width: 3.2rem; }
        th:first-child, .left { text-align: left; }
        td.wrap { white-space: normal; min-width: 8rem; }
        tbody th { font-weight: 600; }
        tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0; }
        .key { display: inline-block; width: 30px; height: 14px; margin-right: .45rem; vertical-align: -2px; overflow: visible; }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .2rem 0 .5rem; padding: 0; list-style: none; font-size: .9rem; }
        figure { margin: 0; padding: .8rem; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
        .chart { display: block; width: 100%; height: auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
        .narrow { display: none; }
        .grid { stroke: var(--grid); stroke-width: 1; }
        .axis { stroke: var(--soft); stroke-width: 1; fill: none; }
        .tick, .label, .note { fill: var(--soft); }
        .note { font-size: 11px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
        .middle { text-anchor: middle; } .end { text-anchor: end; }
        .name { fill: var(--c); font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round; }
        .mean { stroke: var(--c); stroke-width: 2.2; fill: none; stroke-linejoin: round; }
        .seed { stroke: var(--c); stroke-width: 1; fill: none; opacity: .38; }
        .band { fill: var(--c); opacity: .13; }
        .level { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 5 4; }
        .whisker { stroke: var(--c); stroke-width: 1.8; }
        .front { stroke: var(--soft); stroke-width: 1.2; fill: none; stroke-dasharray: 2 3; }
        .marker { fill: var(--c); stroke: var(--c); stroke-width: 1.8; }
        .hollow { fill: var(--card); }
        pre { margin: .4rem 0; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; overflow-x: auto; font: .84rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .command { white-space: pre-wrap; overflow-wrap: anywhere; }
        details { margin-top: 2.6rem; }
        summary { font-size: 1.2rem; font-weight: 700; cursor: pointer; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .4rem 0; }
        dt { color: var(--soft); } dd { margin: 0; }
        @media (max-width: 40rem) {
          main { padding: 1.3rem .9rem 3rem; } h1 { font-size: 1.4rem; } figure { padding: .4rem; } .wide { display: none; } .narrow { display: block; }
          .summary { padding: .8rem .9rem; } th, td { padding: .45rem .55rem; } th:first-child { position: sticky; left: 0; background: var(--card); white-space: normal; max-width: 9rem; } table .key { display: none; }
        }
        .chart + .chart.wide, .chart + .chart.narrow { margin-top: .3rem; }
        figure + figure, .shown, figure + .scroll { margin-top: .9rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: 1.2rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
        a { color: var(--accent); }
        @page { margin: 18mm 14mm; }
        @media print {
          body { background: #fff; font-size: 10.5pt; } nav { display: none; } main { max-width: none; padding: 0; } .wide { display: block; } .narrow { display: none; }
          figure, .summary, .scroll, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { overflow: visible; } table { font-size: 8.5pt; } th, td { padding: .25rem .35rem; }
          pre { white-space: pre-wrap; } details::details-content { content-visibility: visible; block-size: auto; }
        }

        """;
}
