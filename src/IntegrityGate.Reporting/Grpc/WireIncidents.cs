using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Journal;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Incidents as the wire has them.</summary>
internal static class WireIncidents
{
    /// <summary>An incident.</summary>
    public static Wire.Incident ToWire(this Incident incident)
    {
        var message = new Wire.Incident
        {
            Id = incident.Id,
            StreamId = incident.Stream.Value,
            SessionId = incident.SessionId,
            Rule = new Wire.RuleReference { Id = incident.Rule.Id, Clause = incident.Rule.Clause, Title = incident.Rule.Title },
            Violation = incident.Violation,
            Tier = incident.Tier.ToWire(),
            Basis = incident.Basis.ToWire(),
            Severity = incident.Severity.ToWire(),
            State = incident.State.ToWire(),
            Action = incident.Action.ToWire(),
            Message = incident.Message,
            OpenedAt = incident.OpenedAt.ToWire(),
            UpdatedAt = incident.UpdatedAt.ToWire(),
            ClosedAt = incident.ClosedAt?.ToWire(),
            MediaFrom = incident.MediaFrom.ToWire(),
            MediaUntil = incident.MediaUntil.ToWire(),
            CloseReason = incident.CloseReason,
            Review = incident.Review is { } review
                ? new Wire.Review { Decision = review.Decision.ToWire(), Who = review.Who, Why = review.Why, At = review.At.ToWire() }
                : null,
        };
        foreach (var fact in incident.Facts)
            message.Facts.Add(fact.ToWire());
        message.EvidenceIds.AddRange(incident.EvidenceIds);
        return message;
    }

    /// <summary>An event of a watch.</summary>
    public static Wire.WatchResponse ToWire(this JournalEvent entry, bool isSnapshot) => new()
    {
        Cursor = entry.Cursor,
        Event = new Wire.FeedEvent
        {
            Kind = entry.Kind.ToWire(),
            Incident = entry.Incident.ToWire(),
            WrittenAt = entry.WrittenAt.ToWire(),
            Snapshot = isSnapshot,
        },
    };

    private static Wire.IncidentFact ToWire(this IncidentFact fact)
    {
        var message = new Wire.IncidentFact { Kind = fact.Kind, At = fact.At.ToWire(), Text = fact.Text, Samples = fact.Samples };
        if (fact.Score is { } score)
            message.Score = score;
        if (fact.Threshold is { } threshold)
            message.Threshold = threshold;
        if (fact.GlyphHeight is { } height)
            message.GlyphHeight = height;
        if (fact.Model is { } model)
            message.Model = new Wire.ModelReference { Name = model.Name, Version = model.Version, Sha256 = model.Sha256 };
        if (fact.Box is { } box)
            message.Box = new Wire.PixelBox { X = box.X, Y = box.Y, Width = box.Width, Height = box.Height };
        return message;
    }
}
