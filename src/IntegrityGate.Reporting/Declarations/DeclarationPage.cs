namespace IntegrityGate.Reporting.Declarations;

/// <summary>A page of declarations, the newest first.</summary>
/// <param name="Declarations">The declarations.</param>
/// <param name="Next">Ask for the next page with this as <c>before</c>; null on the last page.</param>
public sealed record DeclarationPage(IReadOnlyList<Declaration> Declarations, long? Next);
