using System.Text.RegularExpressions;

namespace IntegrityGate.EndToEnd.Tests.Interop.Compatibility;

/// <summary>The report says what the tests show, no more and no less.</summary>
public sealed partial class CompatibilityReportTests
{
    [Fact]
    public void The_report_has_a_row_for_each_peer_of_each_test()
    {
        Assert.SkipWhen(CompatibilityReport.IsWriting, "this run writes the report");
        Assert.Equal(CompatibilityReport.WithoutVersions(), Version().Replace(CompatibilityReport.Table(), "$1|  |"));
    }

    [GeneratedRegex(@"^(\| [^|]+ )\| [\d.][^|]*\|", RegexOptions.Multiline)]
    private static partial Regex Version();
}
