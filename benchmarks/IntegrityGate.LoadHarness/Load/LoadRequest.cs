namespace IntegrityGate.LoadHarness.Load;

/// <summary>One line to the load process.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Clip">FLV file to publish.</param>
/// <param name="Streams">Publishers, or players.</param>
/// <param name="Target">Where to, <c>rtmp://host:port/app</c>, or what to play.</param>
/// <param name="Prefix">Stream names are this and a number.</param>
/// <param name="Aigc">JSON of an <c>AIGC</c> property for the metadata, or null.</param>
internal sealed record LoadRequest(LoadVerb Verb, string Clip = "", int Streams = 0, string Target = "", string Prefix = "", string? Aigc = null)
{
    /// <summary>The name of a stream.</summary>
    public string NameOf(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{number}");
}
