using System.Globalization;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>Debian's tesseract as the independent reader of stamped labels.</summary>
internal static class Tesseract
{
    /// <summary>Reads the text on a part of a frame; white text on a dark plate is inverted first, as tesseract expects print.</summary>
    public static async Task<string> ReadAsync(GrayFrame frame, (int Left, int Top, int Right, int Bottom) area)
    {
        using var folder = new TempFolder();
        var path = folder.In("plate.pgm");
        await using (var file = File.Create(path))
        {
            var (width, height) = (area.Right - area.Left + 1, area.Bottom - area.Top + 1);
            await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n")));
            for (var y = area.Top; y <= area.Bottom; y++)
            {
                var row = new byte[width];
                for (var x = 0; x < width; x++)
                    row[x] = (byte)(255 - frame[area.Left + x, y]);
                await file.WriteAsync(row);
            }
        }

        var tool = await Tool.RunAsync("tesseract", path, "-", "-l", "chi_sim", "--psm", "7");
        // tesseract takes the I of AI for an l.
        return tool.Output.Replace(" ", "", StringComparison.Ordinal).Replace("Al", "AI", StringComparison.Ordinal).Trim();
    }
}
