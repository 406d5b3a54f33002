namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>Players decode at the speed of life: they run one after the other, and beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InteropTestGroup : ICollectionFixture<InteropGate>
{
    public const string Name = "interop";
}
