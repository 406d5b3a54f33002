namespace IntegrityGate.Reporting.Journal;

/// <summary>One piece of work for the writer; it runs in a transaction with others.</summary>
internal abstract class JournalWrite
{
    /// <summary>Does the work; called once, in the transaction.</summary>
    public abstract void Run(JournalConnection db);

    /// <summary>Tells the caller that the work is durable.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that nothing of the work was kept.</summary>
    public abstract void Fail(Exception reason);
}
