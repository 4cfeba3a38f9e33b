using System.Text;
using System.Text.RegularExpressions;

namespace RLSeq.Evaluation.Tests.Browser;

/// <summary>The report as Chromium lays it out: on a phone, a tablet and a desk, light and dark, and on paper.</summary>
public sealed class ReportInBrowserTests : IAsyncLifetime
{
    private static readonly int[] Widths = [360, 768, 1280];

    /// <summary>Boxes of letters have a little air above and below: so many pixels of overlap cannot be seen.</summary>
    private const int Tolerance = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-browser-").FullName;
    private Chromium? _chromium;
    private DevTools? _page;

    public async Task InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _page = await DevTools.OpenPageAsync(_chromium.Address);
    }

    public async Task DisposeAsync()
    {
        if (_page is not null) await _page.DisposeAsync();
        _chromium?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_full_report_fits_every_screen_and_asks_for_nothing()
    {
        string url = Written(MadeUpStudy.Of(environments: 2, memories: 6));
        foreach (int width in Widths)
        {
            await AssertFitsAsync(url, width, dark: width == 768);
            Assert.Equal(1, (int)(await _page!.EvaluateAsync(width == 360 ? ShownCharts(".narrow", ".wide") : ShownCharts(".wide", ".narrow")))!);
        }
        Assert.Equal([url, url, url], _page!.Requests);
        Assert.Empty(_page.Errors);
    }

    [Fact]
    public async Task A_small_report_and_a_crowded_one_fit_too()
    {
        await AssertFitsAsync(Written(MadeUp.Usual()), 360, dark: false);

        // Ten memories that earn and take the same: every label wants the same place.
        ComparisonResult crowd = MadeUp.Comparison([MadeUp.TMaze], [.. Enumerable.Range(0, 10).Select(i => MadeUpClock.Full(MadeUp.TMaze, $"memory-number-{i}", 2, 0.9, 20))]);
        foreach (int width in Widths) await AssertFitsAsync(Written(crowd), width, dark: true);
    }

    [Fact]
    public async Task It_prints_on_a_few_pages()
    {
        await _page!.ShowAsync(Written(MadeUpStudy.Of(environments: 1, memories: 4)), 1280, dark: true);
        string pdf = Encoding.Latin1.GetString(await _page.PrintAsync());
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        Assert.InRange(Regex.Count(pdf, @"/Type\s*/Page\b(?!s)"), 5, 12);
    }

    /// <summary>Where <c>RLSEQ_SCREENSHOTS</c> names a folder, what was looked at is left there, for people to look at too.</summary>
    private async Task AssertFitsAsync(string url, int width, bool dark)
    {
        await _page!.ShowAsync(url, width, dark);
        string faults = await FaultsAsync();
        if (Environment.GetEnvironmentVariable("RLSEQ_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(url)[..4]}-{width}-{(dark ? "dark" : "light")}.png"), await _page.PhotographAsync());
        Assert.True(faults.Length == 0, $"At a width of {width}:\n{faults}");
    }

    /// <summary>What is wrong with the layout of the shown page, a line each; nothing if all is well.</summary>
    private async Task<string> FaultsAsync() => (string)(await _page!.EvaluateAsync($$"""
        (() => {
          const faults = [], page = document.documentElement;
          if (page.scrollWidth > page.clientWidth) faults.push(`the page is ${page.scrollWidth} wide on ${page.clientWidth}`);
          for (const svg of document.querySelectorAll('svg.chart')) {
            const frame = svg.getBoundingClientRect(), name = svg.querySelector('title').textContent;
            if (frame.width === 0) continue;
            const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
            boxes.forEach(([text, a], i) => {
              if (a.width === 0) faults.push(`${name}: "${text}" has no width, as without any font`);
              if (parseFloat(getComputedStyle(svg).fontSize) * frame.width / svg.viewBox.baseVal.width < 9.5) faults.push(`${name}: letters too small`);
              for (const [other, b] of boxes.slice(i + 1)) {
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > {{Tolerance}} && down > {{Tolerance}} + 1) faults.push(`${name}: "${text}" covers "${other}" by ${across.toFixed(1)} x ${down.toFixed(1)}`);
              }
            });
            for (const mark of svg.querySelectorAll('text, path, line')) {
              const box = mark.getBoundingClientRect();
              if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
                faults.push(`${name}: ${mark.tagName} ${mark.getAttribute('class')} "${mark.textContent}" is outside`);
            }
          }
          return [...new Set(faults)].join('\n');
        })()
        """))!;

    private static string ShownCharts(string shown, string hidden) =>
        $"[...document.querySelectorAll('svg{shown}')].every(svg => svg.getBoundingClientRect().width > 0) && [...document.querySelectorAll('svg{hidden}')].every(svg => svg.getBoundingClientRect().width === 0) ? 1 : 0";

    private string Written(ComparisonResult result)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        File.WriteAllText(path, HtmlReport.ToHtml(result, ComparisonTable.From(result, 200)));
        return new Uri(path).AbsoluteUri;
    }
}
