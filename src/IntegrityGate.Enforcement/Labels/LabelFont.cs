using SkiaSharp;

namespace IntegrityGate.Enforcement.Labels;

/// <summary>Finds a font that has the glyphs of the labels, Noto Sans CJK SC before others.</summary>
internal static class LabelFont
{
    // What the shipped wording and the elements of GB 45438-2025 5.4 need.
    private const string Needed = "AI人工智能生成合可为疑似";
    private const int MaxFaces = 16;

    private static readonly string[] _families = ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC"];

    private static readonly string[] _folders =
    [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/fonts"),
    ];

    private static readonly string[] _files = ["NotoSansCJK-Bold.ttc", "NotoSansCJK-Medium.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-*.otf", "NotoSansSC*.?tf", "SourceHanSans*.?t?", "wqy-zenhei.ttc", "msyhbd.ttc", "msyh.ttc"];

    /// <summary>Opens the font.</summary>
    /// <param name="path">The operator's file, or null.</param>
    /// <exception cref="InvalidOperationException">The operator's file is no font or lacks a glyph, or no installed font has them all.</exception>
    public static SKTypeface Open(string? path)
    {
        if (path is not null)
        {
            return Faces(path).FirstOrDefault() ?? throw new InvalidOperationException(
                $"The label font {path} cannot be read or lacks one of the glyphs {Needed}.");
        }

        return Installed() ?? throw new InvalidOperationException(
            $"No installed font has the glyphs {Needed}. Install Noto Sans CJK (Debian: fonts-noto-cjk) or name a font file in the label options.");
    }

    private static SKTypeface? Installed()
    {
        foreach (var family in _families)
        {
            var typeface = SKFontManager.Default.MatchFamily(family, SKFontStyle.Bold);
            if (typeface is not null && typeface.FamilyName == family && HasGlyphs(typeface))
                return typeface;
            typeface?.Dispose();
        }

        // Builds of Skia without fontconfig see no installed fonts, so the usual folders are searched too.
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 4 };
        var found = from pattern in _files
                    from folder in _folders
                    where folder.Length > 0 && Directory.Exists(folder)
                    from file in Directory.EnumerateFiles(folder, pattern, options).Order(StringComparer.Ordinal)
                    from face in Faces(file)
                    select face;
        return found.FirstOrDefault();
    }

    // A collection holds one face a language: the simplified-Chinese one first.
    private static SKTypeface[] Faces(string file)
    {
        var faces = new List<SKTypeface>();
        for (var index = 0; index < MaxFaces && SKTypeface.FromFile(file, index) is { } face; index++)
        {
            if (HasGlyphs(face))
                faces.Add(face);
            else
                face.Dispose();
            if (face.FamilyName.EndsWith(" SC", StringComparison.Ordinal) || !file.EndsWith(".ttc", StringComparison.OrdinalIgnoreCase))
                break;
        }

        var best = faces.Find(face => face.FamilyName.EndsWith(" SC", StringComparison.Ordinal)) ?? faces.FirstOrDefault();
        foreach (var face in faces.Where(face => face != best))
            face.Dispose();
        return best is null ? [] : [best];
    }

    private static bool HasGlyphs(SKTypeface typeface)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyphs(Needed);
    }
}
