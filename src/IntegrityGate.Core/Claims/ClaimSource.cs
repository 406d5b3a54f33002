namespace IntegrityGate.Core.Claims;

/// <summary>Where a claim about the content came from.</summary>
public enum ClaimSource
{
    /// <summary>The <c>AIGC</c> property of <c>onMetaData</c> or a container tag: an implicit label (Measures art. 5, GB 45438-2025 Annex E).</summary>
    Metadata,

    /// <summary>The publish URL's query, <c>?aigc=1</c>: the publisher's declaration (Measures art. 10).</summary>
    PublishQuery,

    /// <summary>A call of <c>Declarations.Declare</c> by the platform on the publisher's behalf.</summary>
    Api,
}
