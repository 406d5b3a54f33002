namespace IntegrityGate.Configuration;

/// <summary>Listening.</summary>
/// <param name="Enabled">False: nothing is listened to.</param>
/// <param name="Interval">Media time from the beginning of a window to that of the next; no longer than the window: everything is heard.</param>
/// <param name="Window">Length of a window.</param>
/// <param name="Clips">Folder of the spoken labels; empty for none.</param>
/// <param name="Detector">Name of the synthetic-voice pack; empty takes the only one, if there is one.</param>
public sealed record AudioOptions(bool Enabled, TimeSpan Interval, TimeSpan Window, string Clips, string Detector);
