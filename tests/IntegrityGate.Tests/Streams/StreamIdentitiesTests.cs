using IntegrityGate.Core.Streams;
using IntegrityGate.Streams;

namespace IntegrityGate.Tests.Streams;

public sealed class StreamIdentitiesTests
{
    private readonly StreamIdentities _identities = new([.. Enumerable.Repeat((byte)7, 32)]);

    [Fact]
    public void An_id_is_stable_and_does_not_depend_on_the_query()
    {
        var id = _identities.Identify("live", new StreamKey("key")).Id;
        Assert.Equal(id, _identities.Identify("live", new StreamKey("key")).Id);
        Assert.Equal(id, _identities.Identify("live", new StreamKey("key?token=1")).Id);
        Assert.Equal(id, _identities.Identify("/live/?vhost=x", new StreamKey("key")).Id);
        Assert.NotEqual(id, _identities.Identify("other", new StreamKey("key")).Id);
        Assert.Matches("^[a-km-np-z2-9]{16}$", id.Value);
    }

    [Fact]
    public void Another_instance_gives_another_id_so_that_an_id_says_nothing_of_its_key() =>
        Assert.NotEqual(_identities.Identify("live", new StreamKey("key")).Id, new StreamIdentities(new byte[32]).Identify("live", new StreamKey("key")).Id);

    [Fact]
    public void The_secret_is_kept_for_its_owner_only_and_read_again()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var first = StreamIdentities.Open(folder).Identify("live", new StreamKey("key")).Id;
            Assert.Equal(first, StreamIdentities.Open(folder).Identify("live", new StreamKey("key")).Id);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "instance.key")));
            File.WriteAllText(Path.Combine(folder, "instance.key"), "x");
            Assert.Throws<IOException>(() => StreamIdentities.Open(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
