using IntegrityGate.Reporting.Declarations;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Declarations as the wire has them.</summary>
internal static class WireDeclarations
{
    /// <summary>A declaration.</summary>
    public static Wire.Declaration ToWire(this Declaration declaration) => new()
    {
        Id = declaration.Id,
        StreamId = declaration.Stream.Value,
        SessionId = declaration.SessionId,
        Attribute = declaration.Attribute.ToWire(),
        From = declaration.From?.ToWire(),
        Until = declaration.Until?.ToWire(),
        By = declaration.By,
        Agreement = declaration.Agreement,
        DeclaredAt = declaration.DeclaredAt.ToWire(),
        WithdrawnAt = declaration.WithdrawnAt?.ToWire(),
        WithdrawnBy = declaration.WithdrawnBy,
        WithdrawnWhy = declaration.WithdrawnWhy,
        EndedAt = declaration.EndedAt?.ToWire(),
    };

    /// <summary>A moment from the wire; null when it is not set.</summary>
    public static DeclarationMoment? FromWire(this Wire.DeclarationMoment? moment, string field) => moment?.ClockCase switch
    {
        null => null,
        Wire.DeclarationMoment.ClockOneofCase.MediaTime =>
            DeclarationMoment.AtMedia(RequestFields.Media(moment.MediaTime, $"{field}.media_time")),
        Wire.DeclarationMoment.ClockOneofCase.WallClock =>
            DeclarationMoment.AtClock(RequestFields.Moment(moment.WallClock, $"{field}.wall_clock")!.Value),
        _ => throw FeedError.Field(field, "names neither media_time nor wall_clock"),
    };

    private static Wire.DeclarationMoment ToWire(this DeclarationMoment moment) => moment.Media is { } media
        ? new Wire.DeclarationMoment { MediaTime = media.ToWire() }
        : new Wire.DeclarationMoment { WallClock = moment.Clock!.Value.ToWire() };
}
