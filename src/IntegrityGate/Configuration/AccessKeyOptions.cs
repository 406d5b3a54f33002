using IntegrityGate.Access;

namespace IntegrityGate.Configuration;

/// <summary>One key that may publish.</summary>
/// <param name="App">Pattern of the app it is for.</param>
/// <param name="Stream">Pattern of the stream names it is for.</param>
/// <param name="Hash">The key at rest.</param>
public sealed record AccessKeyOptions(string App, string Stream, KeyHash Hash)
{
    /// <summary>Where it holds; never the hash.</summary>
    public override string ToString() => $"key for {App}/{Stream}";
}
