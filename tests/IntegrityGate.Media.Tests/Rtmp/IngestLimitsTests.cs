using System.Reflection;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Media.Tests.Rtmp;

public sealed class IngestLimitsTests
{
    public static TheoryData<string> Names =>
        [.. typeof(IngestLimits).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_limit_takes_its_default_and_no_nonsense(string name)
    {
        var property = typeof(IngestLimits).GetProperty(name)!;
        var limits = new IngestLimits();
        property.SetValue(limits, property.GetValue(limits));
        object nonsense = property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromSeconds(-1) : -1;
        var thrown = Assert.Throws<TargetInvocationException>(() => property.SetValue(limits, nonsense));
        Assert.Contains(name, Assert.IsType<ArgumentOutOfRangeException>(thrown.InnerException).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_limit_gives_its_default_and_reason(string name)
    {
        var documentation = System.Xml.Linq.XDocument.Load(Path.Combine(AppContext.BaseDirectory, "IntegrityGate.Media.xml"));
        var summary = documentation.Descendants("member")
            .Single(member => member.Attribute("name")!.Value == $"P:IntegrityGate.Media.Rtmp.IngestLimits.{name}").Element("summary")!.Value;
        Assert.Matches(@"\d[\d,\.]*( KiB| MiB| s)?:", summary.ReplaceLineEndings(" "));
    }
}
