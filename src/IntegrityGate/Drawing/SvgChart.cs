using System.Globalization;
using System.Net;
using System.Text;

namespace IntegrityGate.Drawing;

/// <summary>
/// A chart as inline SVG, without scripts. Colours come from classes of the page's style sheet (<see cref="HtmlPage"/>), so that
/// light and dark pages both read well.
/// </summary>
internal sealed class SvgChart
{
    private const int Left = 52;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 40;

    private readonly StringBuilder _body = new();
    private readonly int _width;
    private readonly int _height;
    private readonly (double From, double Until) _x;
    private readonly (double From, double Until) _y;

    /// <summary>An empty chart with axes.</summary>
    /// <param name="width">Width, px.</param>
    /// <param name="height">Height, px.</param>
    /// <param name="x">Range of the horizontal axis.</param>
    /// <param name="y">Range of the vertical axis; from a larger to a smaller number it runs downwards.</param>
    /// <param name="xTitle">What the horizontal axis shows.</param>
    /// <param name="yTitle">What the vertical axis shows; empty for rows of things, without ticks.</param>
    public SvgChart(int width, int height, (double From, double Until) x, (double From, double Until) y, string xTitle, string yTitle)
    {
        _width = width;
        _height = height;
        _x = Widen(x);
        _y = Widen(y);
        Frame(xTitle, yTitle);
    }

    /// <summary>A line through points.</summary>
    public SvgChart Line(IEnumerable<(double X, double Y)> points, string style, string? title = null)
    {
        Add($"<polyline class=\"{style}\" points=\"{string.Join(' ', points.Select(p => $"{N(X(p.X))},{N(Y(p.Y))}"))}\">{Title(title)}</polyline>");
        return this;
    }

    /// <summary>A straight line, such as a level.</summary>
    public SvgChart Segment(double x1, double y1, double x2, double y2, string style, string? title = null)
    {
        Add($"<line class=\"{style}\" x1=\"{N(X(x1))}\" y1=\"{N(Y(y1))}\" x2=\"{N(X(x2))}\" y2=\"{N(Y(y2))}\">{Title(title)}</line>");
        return this;
    }

    /// <summary>A dot; its title is shown under the pointer.</summary>
    public SvgChart Dot(double x, double y, string style, string? title = null, double radius = 3.5)
    {
        Add($"<circle class=\"{style}\" cx=\"{N(X(x))}\" cy=\"{N(Y(y))}\" r=\"{N(radius)}\">{Title(title)}</circle>");
        return this;
    }

    /// <summary>A box between two corners.</summary>
    public SvgChart Box(double x1, double y1, double x2, double y2, string style, string? title = null)
    {
        Add($"<rect class=\"{style}\" x=\"{N(Math.Min(X(x1), X(x2)))}\" y=\"{N(Math.Min(Y(y1), Y(y2)))}\" width=\"{N(Math.Abs(X(x2) - X(x1)))}\" height=\"{N(Math.Abs(Y(y2) - Y(y1)))}\">{Title(title)}</rect>");
        return this;
    }

    /// <summary>Text at a place.</summary>
    public SvgChart Label(double x, double y, string text, string anchor = "start")
    {
        Add($"<text class=\"tick\" x=\"{N(X(x) + (anchor == "end" ? -4 : anchor == "start" ? 4 : 0))}\" y=\"{N(Y(y) + 4)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");
        return this;
    }

    /// <summary>The SVG element.</summary>
    public override string ToString() => $"<svg viewBox=\"0 0 {_width} {_height}\" width=\"{_width}\" height=\"{_height}\" role=\"img\">{_body}</svg>";

    private void Frame(string xTitle, string yTitle)
    {
        foreach (var tick in Ticks(_x))
        {
            Add($"<line class=\"grid\" x1=\"{N(X(tick))}\" y1=\"{Top}\" x2=\"{N(X(tick))}\" y2=\"{_height - Bottom}\"/>");
            Add($"<text class=\"tick\" x=\"{N(X(tick))}\" y=\"{_height - Bottom + 15}\" text-anchor=\"middle\">{tick.ToString("0.##", CultureInfo.InvariantCulture)}</text>");
        }

        if (yTitle.Length > 0)
        {
            foreach (var tick in Ticks(_y))
            {
                Add($"<line class=\"grid\" x1=\"{Left}\" y1=\"{N(Y(tick))}\" x2=\"{_width - Right}\" y2=\"{N(Y(tick))}\"/>");
                Add($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{N(Y(tick) + 4)}\" text-anchor=\"end\">{tick.ToString("0.##", CultureInfo.InvariantCulture)}</text>");
            }

            Add($"<text class=\"axis\" transform=\"translate(13 {(_height - Bottom + Top) / 2}) rotate(-90)\" text-anchor=\"middle\">{WebUtility.HtmlEncode(yTitle)}</text>");
        }

        Add($"<text class=\"axis\" x=\"{(_width + Left - Right) / 2}\" y=\"{_height - 6}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(xTitle)}</text>");
    }

    private double X(double value) => Left + ((Math.Clamp(value, _x.From, _x.Until) - _x.From) / (_x.Until - _x.From) * (_width - Left - Right));

    private double Y(double value) => _height - Bottom - ((Math.Clamp(value, Math.Min(_y.From, _y.Until), Math.Max(_y.From, _y.Until)) - _y.From) / (_y.Until - _y.From) * (_height - Top - Bottom));

    private static (double From, double Until) Widen((double From, double Until) range) => range.Until != range.From ? range : (range.From - 0.5, range.From + 0.5);

    // Some five ticks at 1, 2 or 5 times a power of ten.
    private static IEnumerable<double> Ticks((double From, double Until) range)
    {
        var raw = (range.Until - range.From) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        for (var i = Math.Ceiling((range.From / step) - 1e-9); i * step <= range.Until + (step * 1e-9); i++)
            yield return (i * step) + 0.0; // no "-0"
    }

    private static string Title(string? title) => title is null ? "" : $"<title>{WebUtility.HtmlEncode(title)}</title>";

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Add(string element) => _body.Append(element);
}
