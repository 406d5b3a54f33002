using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Streams;

/// <summary>Tells the judge of a reviewer's decision. The journal has already put it on the feed; the judge need not.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="IncidentId">Id of the incident.</param>
/// <param name="Review">The decision.</param>
public sealed record ReviewCommand(StreamId Stream, string IncidentId, Review Review) : StreamCommand(Stream);
