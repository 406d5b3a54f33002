using System.Reflection;
using Xunit.v3;

namespace IntegrityGate.EndToEnd.Tests.Interop.Compatibility;

/// <summary>A row of docs/compat.md: what a test shows of a peer that is not ours. Notes whether the test passed in this run.</summary>
/// <param name="name">The peer.</param>
/// <param name="role">What it was to the gate.</param>
/// <param name="shown">What the test asserts, in an operator's words.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PeerAttribute(string name, string role, string shown) : BeforeAfterTestAttribute
{
    /// <summary>The peer.</summary>
    public string Name { get; } = name;

    /// <summary>What it was to the gate.</summary>
    public string Role { get; } = role;

    /// <summary>What the test asserts.</summary>
    public string Shown { get; } = shown;

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test) =>
        CompatibilityReport.Note(this, TestContext.Current.TestState?.Result == TestResult.Passed);
}
