namespace IntegrityGate.Media.Decoding;

/// <summary>No decoder process can be started at present; the stream is not to blame.</summary>
internal sealed class WorkerUnavailableException(string message) : Exception(message);
