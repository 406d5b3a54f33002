namespace IntegrityGate.Detection.Tests.Support;

/// <summary>Where things lie: the repository's root, its models, and the shared media beside it.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The model packs.</summary>
    public static string Models => Path.Combine(Root, "models");

    /// <summary>A path under the shared folder; skips the running test when it is absent.</summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(Path.Exists(full), $"shared media is absent: {path}");
        return full;
    }

    /// <summary>Skips the running test when the text reader's weights are not restored.</summary>
    public static void RequireReader() =>
        Assert.SkipUnless(File.Exists(Path.Combine(Models, "ppocr-v4", "ppocr_keys_v1.txt")), "ppocr-v4 is not restored: run models/restore.sh");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IntegrityGate.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("IntegrityGate.sln was not found above the tests.");
    }
}
