using Google.Protobuf.Reflection;
using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Time;
using IntegrityGate.Reporting.Audit;
using IntegrityGate.Reporting.Grpc;
using IntegrityGate.Reporting.Streams;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

public sealed class ContractTests
{
    private static readonly FileDescriptor[] _files =
    [
        Wire.CommonReflection.Descriptor,
        Wire.IncidentReflection.Descriptor,
        Wire.ViolationFeedReflection.Descriptor,
        Wire.DeclarationsReflection.Descriptor,
        Wire.ReviewsReflection.Descriptor,
        Wire.StreamsReflection.Descriptor,
    ];

    [Fact]
    public void Every_value_of_ours_has_a_value_of_the_same_name_on_the_wire()
    {
        SameNames<Tier, Wire.Tier>(value => value.ToWire());
        SameNames<VerdictBasis, Wire.VerdictBasis>(value => value.ToWire());
        SameNames<Severity, Wire.Severity>(value => value.ToWire());
        SameNames<IncidentState, Wire.IncidentState>(value => value.ToWire());
        SameNames<EnforcementAct, Wire.Enforcement>(value => value.ToWire());
        SameNames<IncidentChangeKind, Wire.ChangeKind>(value => value.ToWire());
        SameNames<AigcAttribute, Wire.AigcAttribute>(value => value.ToWire());
        SameNames<AuditOutcome, Wire.AuditOutcome>(value => value.ToWire());
        SameNames<StreamState, Wire.StreamState>(value => value.ToWire());
        SameNames<SpliceState, Wire.SpliceState>(value => value.ToWire());
        SameNames<UpstreamState, Wire.UpstreamState>(value => value.ToWire());
        SameNames<StampOverride, Wire.StampOverride>(value => value.ToWire());
        Assert.Equal(Wire.ReviewDecision.Confirm, ReviewDecision.Confirmed.ToWire());
        Assert.Equal(Wire.ReviewDecision.Dismiss, ReviewDecision.Dismissed.ToWire());

        static void SameNames<TOurs, TWire>(Func<TOurs, TWire> map)
            where TOurs : struct, Enum
            where TWire : struct, Enum
        {
            Assert.All(Enum.GetValues<TOurs>(), value => Assert.Equal($"{value}", $"{map(value)}"));
            Assert.Equal(Enum.GetValues<TOurs>().Length + 1, Enum.GetValues<TWire>().Length);
        }
    }

    [Fact]
    public void Every_value_that_a_caller_may_send_is_understood()
    {
        Assert.All(Enum.GetValues<Tier>(), value => Assert.Equal(value, value.ToWire().FromWire("f")));
        Assert.All(Enum.GetValues<Severity>(), value => Assert.Equal(value, value.ToWire().FromWire("f")));
        Assert.All(Enum.GetValues<IncidentState>(), value => Assert.Equal(value, value.ToWire().FromWire("f")));
        Assert.All(Enum.GetValues<AigcAttribute>(), value => Assert.Equal(value, value.ToWire().FromWire("f")));
        Assert.Equal(ReviewDecision.Confirmed, Wire.ReviewDecision.Confirm.FromWire("f"));
        Assert.Equal(ReviewDecision.Dismissed, Wire.ReviewDecision.Dismiss.FromWire("f"));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1_000_000)]
    [InlineData(61_500, 61, 500_000_000)]
    [InlineData(-1, 0, -1_000_000)]
    [InlineData(-1500, -1, -500_000_000)]
    public void Media_time_is_a_duration_with_one_sign(long milliseconds, long seconds, int nanos)
    {
        var duration = new MediaTime(milliseconds).ToWire();

        Assert.Equal((seconds, nanos), (duration.Seconds, duration.Nanos));
        Assert.Equal(new MediaTime(milliseconds), RequestFields.Media(duration, "f"));
    }

    [Fact]
    public void The_contract_has_no_field_for_a_publish_key()
    {
        var fields = _files.SelectMany(file => file.MessageTypes).SelectMany(message => message.Fields.InDeclarationOrder()).Select(field => field.Name).ToList();

        Assert.True(fields.Count > 150, "the test must see the whole contract");
        Assert.Equal(["idempotency_key"], fields.Where(name => name.Contains("key", StringComparison.Ordinal) || name.Contains("secret", StringComparison.Ordinal)));
        Assert.DoesNotContain(typeof(StreamSnapshot).GetProperties(), property => property.PropertyType == typeof(Core.Streams.StreamKey));
    }

    [Fact]
    public void Every_enum_begins_with_unspecified()
    {
        var enums = _files.SelectMany(file => file.EnumTypes).ToList();

        Assert.True(enums.Count >= 12);
        Assert.All(enums, type => Assert.EndsWith("_UNSPECIFIED", type.FindValueByNumber(0).Name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_services_have_the_methods_that_integrators_call()
    {
        var methods = _files.SelectMany(file => file.Services).SelectMany(service => service.Methods).Select(method => method.FullName["integritygate.v1.".Length..]);

        Assert.Equal(
            [
                "ViolationFeed.Watch", "ViolationFeed.List", "ViolationFeed.Get", "ViolationFeed.GetEvidence",
                "Declarations.Declare", "Declarations.Withdraw", "Declarations.List",
                "Reviews.Decide",
                "Streams.List", "Streams.Get", "Streams.SetInspection", "Streams.ForceStamp", "Streams.LiftStamp",
                "Streams.ReleaseOverride", "Streams.Close", "Streams.ListAudit",
            ],
            methods);
    }
}
