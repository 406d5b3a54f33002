using SkiaSharp;

namespace IntegrityGate.Detection.Tests.Logos;

/// <summary>Logos made up for the tests, of the kinds that generators draw: light on transparent, one of two tones.</summary>
public static class TestLogos
{
    private const int Side = 256;

    /// <summary>Names, in the order in which they are drawn.</summary>
    public static readonly string[] Names = ["swirl", "box", "wave", "mascot", "word", "badge"];

    /// <summary>Width to height of each.</summary>
    public static double Aspect(string name) => name switch { "wave" => 2.5, "word" => 3, "badge" => 2, _ => 1 };

    /// <summary>Draws one, 256 px high.</summary>
    public static SKBitmap Draw(string name)
    {
        var bitmap = new SKBitmap(new SKImageInfo((int)(Side * Aspect(name)), Side, SKColorType.Rgba8888, SKAlphaType.Premul));
        bitmap.Erase(SKColors.Transparent);
        using var canvas = new SKCanvas(bitmap);
        using var line = new SKPaint { IsAntialias = true, Color = SKColors.White, Style = SKPaintStyle.Stroke, StrokeWidth = 26, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        using var fill = new SKPaint { IsAntialias = true, Color = SKColors.White };
        switch (name)
        {
            case "swirl":
                canvas.DrawArc(SKRect.Create(16, 16, 224, 224), -60, 260, false, line);
                canvas.DrawArc(SKRect.Create(66, 66, 124, 124), 120, 240, false, line);
                canvas.DrawCircle(128, 128, 22, fill);
                break;
            case "box":
                canvas.DrawRoundRect(SKRect.Create(14, 14, 228, 228), 50, 50, line);
                Strokes(canvas, line, (70, 190, 110, 70), (110, 70, 150, 190), (86, 150, 134, 150), (190, 70, 190, 190));
                break;
            case "wave":
                int[] heights = [60, 140, 220, 100, 180, 240, 120, 60];
                for (var i = 0; i < heights.Length; i++)
                    canvas.DrawLine(24 + (i * 54), 128 - (heights[i] / 2f) + 12, 24 + (i * 54), 128 + (heights[i] / 2f) - 12, line);
                canvas.DrawCircle(530, 128, 84, line);
                Strokes(canvas, line, (500, 90, 570, 128), (570, 128, 500, 166));
                break;
            case "mascot":
                canvas.DrawOval(SKRect.Create(14, 60, 228, 182), line);
                canvas.DrawCircle(90, 150, 24, fill);
                canvas.DrawCircle(166, 150, 24, fill);
                Strokes(canvas, line, (60, 80, 40, 20), (196, 80, 216, 20), (100, 205, 156, 205));
                break;
            case "word":
                // K L E N, in strokes.
                Strokes(
                    canvas, line, (30, 20, 30, 236), (30, 140, 150, 20), (80, 110, 160, 236), (220, 20, 220, 236), (220, 236, 330, 236),
                    (400, 20, 400, 236), (400, 20, 510, 20), (400, 128, 490, 128), (400, 236, 510, 236), (580, 236, 580, 20), (580, 20, 730, 236), (730, 236, 730, 20));
                break;
            default:
                canvas.DrawRoundRect(SKRect.Create(2, 2, 508, 252), 60, 60, fill);
                line.Color = SKColors.Black;
                Strokes(canvas, line, (80, 200, 140, 50), (140, 50, 200, 200), (104, 150, 176, 150), (260, 50, 260, 200), (330, 50, 430, 50), (330, 50, 330, 200), (330, 200, 430, 200), (430, 125, 430, 200), (380, 125, 430, 125));
                break;
        }

        return bitmap;
    }

    /// <summary>Writes them and their logos.json into a folder.</summary>
    public static void Write(string folder, double minScore, params ReadOnlySpan<string> names)
    {
        var entries = new List<string>();
        foreach (var name in names.Length == 0 ? Names : names)
        {
            using (var bitmap = Draw(name))
            using (var png = bitmap.Encode(SKEncodedImageFormat.Png, 100))
                File.WriteAllBytes(Path.Combine(folder, name + ".png"), png.ToArray());
            entries.Add(FormattableString.Invariant(
                $$"""{ "name": "{{name}}", "generator": "Test {{name}}", "file": "{{name}}.png", "place": "anyCorner", "minHeight": 0.04, "maxHeight": 0.09, "minScore": {{minScore}} }"""));
        }

        File.WriteAllText(Path.Combine(folder, "logos.json"), $$"""{ "schema": 1, "version": "test", "logos": [{{string.Join(", ", entries)}}] }""");
    }

    private static void Strokes(SKCanvas canvas, SKPaint paint, params ReadOnlySpan<(float X, float Y, float ToX, float ToY)> strokes)
    {
        foreach (var (x, y, toX, toY) in strokes)
            canvas.DrawLine(x, y, toX, toY, paint);
    }
}
