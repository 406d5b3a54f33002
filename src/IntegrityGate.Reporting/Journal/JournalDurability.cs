namespace IntegrityGate.Reporting.Journal;

/// <summary>What a power cut may take from the journal. A killed process (kill -9) loses nothing acknowledged in either.</summary>
public enum JournalDurability
{
    /// <summary>
    /// Every commit is flushed to the disk (<c>synchronous=FULL</c>): a power cut loses nothing acknowledged. This is the
    /// default because a cursor that was published and then lost would be given to another event, and a subscriber that
    /// resumes would miss it.
    /// </summary>
    Full = 0,

    /// <summary>
    /// Commits are flushed at checkpoints only (<c>synchronous=NORMAL</c>): a power cut may lose the last acknowledged
    /// events, and their cursors are then given again. For disks that flush slowly.
    /// </summary>
    Normal = 1,
}
