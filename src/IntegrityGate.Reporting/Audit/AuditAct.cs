using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Audit;

/// <summary>An act that is asked for.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Stream">The stream's public id.</param>
/// <param name="Who">Who asks, as the caller named them.</param>
/// <param name="Why">Why, as the caller said.</param>
/// <param name="Subject">What is acted on within the stream, for example an incident id; empty for the stream itself.</param>
/// <param name="Detail">What is asked for, in words; may be empty.</param>
public sealed record AuditAct(string Action, StreamId Stream, string Who, string Why, string Subject = "", string Detail = "");
