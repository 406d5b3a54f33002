using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using IntegrityGate.EndToEnd.Tests.Interop.Compatibility;
using IntegrityGate.EndToEnd.Tests.Support;

[assembly: AssemblyFixture(typeof(CompatibilityReport))]

namespace IntegrityGate.EndToEnd.Tests.Interop.Compatibility;

/// <summary>
/// The table of docs/compat.md: the peers that the tests run against the gate. With INTEGRITYGATE_WRITE_DOCS=1 a run in which each
/// row's tests passed writes it, with the versions found; otherwise a test holds its rows to those of the tests. The words around
/// the table are written by people.
/// </summary>
public sealed class CompatibilityReport : IAsyncLifetime
{
    private const string Head = "| peer | version | as | what was shown | test |\n|---|---|---|---|---|\n";

    private static readonly ConcurrentDictionary<(string Name, string Role), bool> s_passed = new();

    /// <summary>Where it is kept.</summary>
    public static string File => Path.Combine(Repository.Root, "docs", "compat.md");

    /// <summary>True when the run is to write it.</summary>
    public static bool IsWriting => Environment.GetEnvironmentVariable("INTEGRITYGATE_WRITE_DOCS") == "1";

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var rows = Rows().ToList();
        if (!IsWriting || s_passed.IsEmpty)
            return;
        var missing = rows.Where(row => !s_passed.GetValueOrDefault((row.Peer.Name, row.Peer.Role))).Select(row => row.Test).Distinct().ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"docs/compat.md was not written, because these tests did not pass in this run: {string.Join(", ", missing)}");
        var table = new StringBuilder(Head);
        foreach (var (peer, test) in rows)
            table.Append(Row(peer, test, await PeerVersion.OfAsync(peer.Name)));
        await System.IO.File.WriteAllTextAsync(File, Written().Replace(Table(), table.ToString(), StringComparison.Ordinal));
    }

    /// <summary>The table as it was last written.</summary>
    public static string Table() => string.Concat(Written().Split('\n').Where(line => line.StartsWith('|')).Select(line => line + "\n"));

    /// <summary>The table without the versions, which change from machine to machine.</summary>
    public static string WithoutVersions() => Rows().Aggregate(new StringBuilder(Head), (table, row) => table.Append(Row(row.Peer, row.Test, ""))).ToString();

    internal static void Note(PeerAttribute row, bool passed) => s_passed.AddOrUpdate((row.Name, row.Role), passed, (_, before) => before && passed);

    private static string Written() => System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");

    private static string Row(PeerAttribute peer, string test, string version) => $"| {peer.Name} | {version} | {peer.Role} | {peer.Shown} | {test} |\n";

    private static IEnumerable<(PeerAttribute Peer, string Test)> Rows() => typeof(CompatibilityReport).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetCustomAttributes<PeerAttribute>().Select(peer => (peer, $"`{method.DeclaringType!.Name}.{method.Name}`")))
        .OrderBy(row => Rank(row.peer.Role))
        .ThenBy(row => row.peer.Name, StringComparer.Ordinal);

    private static int Rank(string role) => Array.FindIndex(["publisher", "upstream", "player"], kind => role.StartsWith(kind, StringComparison.Ordinal));
}
