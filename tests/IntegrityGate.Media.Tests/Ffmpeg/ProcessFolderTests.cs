using IntegrityGate.Media.Ffmpeg;

namespace IntegrityGate.Media.Tests.Ffmpeg;

/// <summary>What a killed process left, and what it did not.</summary>
public sealed class ProcessFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("integritygate-sweep-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Only_what_surely_belongs_to_a_dead_process_is_swept()
    {
        var own = Make("igate-own");
        var dead = Make("igate-dead");
        File.WriteAllText(Path.Combine(dead, "some.sock"), "");
        Directory.CreateDirectory(Path.Combine(dead, "label-1"));
        var living = Make("igate-living");
        var beingMade = Directory.CreateDirectory(Path.Combine(_root.FullName, "igate-being-made")).FullName;
        var foreign = Make("other-program");
        Directory.CreateSymbolicLink(Path.Combine(_root.FullName, "igate-link"), foreign);
        using var ownLock = ProcessFolder.TryLock(Path.Combine(own, "lock"));
        using var livingLock = ProcessFolder.TryLock(Path.Combine(living, "lock"));

        Assert.Equal(1, ProcessFolder.Sweep(_root.FullName, own));
        Assert.False(Directory.Exists(dead));
        Assert.All((string[])[own, living, beingMade, foreign, Path.Combine(_root.FullName, "igate-link")], folder => Assert.True(Directory.Exists(folder), folder));

        livingLock!.Dispose();
        Assert.Equal(1, ProcessFolder.Sweep(_root.FullName, own));
        Assert.False(Directory.Exists(living));
    }

    [Fact]
    public void Where_locks_are_not_in_force_nothing_is_swept()
    {
        var own = Make("igate-own"); // its lock is not held: as if the system knew none
        var dead = Make("igate-dead");
        Assert.Equal(0, ProcessFolder.Sweep(_root.FullName, own));
        Assert.True(Directory.Exists(dead));
    }

    [Fact]
    public void The_folder_of_this_process_is_locked_and_closed_to_others()
    {
        Assert.Null(ProcessFolder.TryLock(Path.Combine(ProcessFolder.Path, "lock")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(ProcessFolder.Path));
    }

    private string Make(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "lock"), "");
        return folder;
    }
}
