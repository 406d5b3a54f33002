using System.Net;
using System.Text;

namespace IntegrityGate.Drawing;

/// <summary>
/// One page that needs nothing but itself: style inside, pictures as data, no scripts, and a policy that forbids to load anything.
/// What it is given as text is escaped: names, and text read off a picture, are a stranger's.
/// </summary>
internal sealed class HtmlPage(string title)
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--paper:#fff;--line:#d7dce1;--real:#1f77b4;--ai:#d1495b;--third:#2a9d5c;--level:#b7791f}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#9aa4ae;--paper:#15181c;--line:#333a42;--real:#6db3e8;--ai:#f08090;--third:#63cf95;--level:#e0b050}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:1180px;padding:0 1rem}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;margin:.5rem 0;display:block;overflow-x:auto}
        th,td{padding:.2rem .6rem;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap;font-variant-numeric:tabular-nums}th{color:var(--soft);font-weight:600}
        p,li{max-width:60rem}figure{display:inline-block;margin:.5rem 1rem .5rem 0;vertical-align:top}figcaption{color:var(--soft);font-size:13px}
        svg,img{max-width:100%;height:auto}.grid{stroke:var(--line)}.tick,.axis{fill:var(--soft);font-size:11px}.axis{font-size:12px}
        .real{fill:var(--real);stroke:none}.ai{fill:var(--ai);stroke:none}.faint{fill:var(--soft);stroke:none;opacity:.6}.third{fill:var(--third);stroke:none}
        .real-line,.ai-line,.level,.review,.guide{fill:none;stroke-width:2}.real-line{stroke:var(--real)}.ai-line{stroke:var(--ai)}.level{stroke:var(--level);stroke-dasharray:5 4}
        .guide{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}.real-box{fill:var(--real);opacity:.35}.ai-box{fill:var(--ai);opacity:.35}
        .mark{fill:none;stroke:var(--ai);stroke-width:2}.good{color:var(--third)}.bad{color:var(--ai)}
        """;

    private readonly StringBuilder _body = new();

    /// <summary>A heading.</summary>
    public HtmlPage Heading(string text) => Add($"<h2>{Escape(text)}</h2>");

    /// <summary>A paragraph.</summary>
    public HtmlPage Paragraph(string text) => Add($"<p>{Escape(text)}</p>");

    /// <summary>A list of sentences.</summary>
    public HtmlPage List(IEnumerable<string> items) => Add("<ul>" + string.Concat(items.Select(i => $"<li>{Escape(i)}</li>")) + "</ul>");

    /// <summary>A table; nothing without rows.</summary>
    public HtmlPage Table(IEnumerable<string> columns, IEnumerable<string[]> rows)
    {
        var body = string.Concat(rows.Select(r => "<tr>" + string.Concat(r.Select(f => $"<td>{Escape(f)}</td>")) + "</tr>"));
        return body.Length == 0 ? this : Add($"<table><thead><tr>{string.Concat(columns.Select(c => $"<th>{Escape(c)}</th>"))}</tr></thead><tbody>{body}</tbody></table>");
    }

    /// <summary>A chart with what it shows.</summary>
    public HtmlPage Chart(SvgChart chart, string caption) => Add($"<figure>{chart}<figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>A picture.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="width">Its width, px.</param>
    /// <param name="height">Its height, px.</param>
    /// <param name="overlay">SVG elements over it, in its own px; already escaped.</param>
    /// <param name="caption">What it shows.</param>
    public HtmlPage Picture(byte[] jpeg, int width, int height, string overlay, string caption) => Add(
        $"<figure><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\"><image href=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}\" width=\"{width}\" height=\"{height}\"/>{overlay}</svg><figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>The document.</summary>
    public override string ToString() =>
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
        + $"<title>{Escape(title)}</title><style>{Style}</style></head><body><h1>{Escape(title)}</h1>{_body}</body></html>\n";

    /// <summary>Text for an element or an attribute.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private HtmlPage Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }
}
