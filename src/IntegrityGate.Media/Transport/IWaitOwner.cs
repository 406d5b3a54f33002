namespace IntegrityGate.Media.Transport;

/// <summary>Whoever lets somebody else wait by a <see cref="LoopWait{T}"/>.</summary>
public interface IWaitOwner
{
    /// <summary>
    /// Somebody who waited has given up: the wait is looked at again, soon and on the thread where waits end. It may be another one by then, that
    /// nobody has given up.
    /// </summary>
    void Wake();
}
