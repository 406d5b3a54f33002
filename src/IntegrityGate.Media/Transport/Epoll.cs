using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IntegrityGate.Media.Transport;

/// <summary>
/// Linux' readiness queue (epoll(7)) with the event that wakes a sleeper (eventfd(2)) and a sleep of less than a millisecond. Everything is
/// registered edge-triggered: one system call a connection, ever.
/// </summary>
internal sealed class Epoll : IDisposable
{
    /// <summary>Bytes wait, or the peer has closed, or there is an error: each is found out by reading.</summary>
    public const uint CanRead = 0x001 | 0x008 | 0x010 | 0x2000; // EPOLLIN, EPOLLERR, EPOLLHUP, EPOLLRDHUP

    /// <summary>The socket's buffer has room again.</summary>
    public const uint CanWrite = 0x004; // EPOLLOUT

    /// <summary>The peer sends no more, or the connection is broken.</summary>
    public const uint HasEnded = 0x008 | 0x010 | 0x2000;

    private const uint Watched = 0x001 | 0x004 | 0x2000 | 0x8000_0000; // EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLET
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int Add = 1;
    private const int Remove = 2;
    private const int Interrupted = 4; // EINTR

    // The kernel packs struct epoll_event on x86-64 and nowhere else (linux/eventpoll.h, EPOLL_PACKED).
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EventBytes = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    private readonly byte[] _events;
    private readonly byte[] _one = new byte[8];
    private readonly int _queue;
    private readonly int _alarm;

    /// <summary>Opens it.</summary>
    /// <param name="capacity">Events taken at a time.</param>
    /// <exception cref="Win32Exception">The system has no more descriptors.</exception>
    public Epoll(int capacity)
    {
        _events = new byte[capacity * EventBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(_one, BitConverter.IsLittleEndian ? 1UL : 1UL << 56);
        _queue = Checked(epoll_create1(CloseOnExec));
        _alarm = Checked(eventfd(0, CloseOnExec | NonBlocking));
        Control(Add, _alarm, ulong.MaxValue);
    }

    /// <summary>Registers a descriptor under a number; it leaves by itself when it is closed.</summary>
    public void Watch(int descriptor, ulong number) => Control(Add, descriptor, number);

    /// <summary>Takes a descriptor out, for one that is not closed.</summary>
    public void Forget(int descriptor) => _ = epoll_ctl(_queue, Remove, descriptor, _events);

    /// <summary>Wakes whoever waits; from any thread.</summary>
    public void Wake() => _ = write(_alarm, _one, _one.Length);

    /// <summary>Waits for events.</summary>
    /// <param name="milliseconds">The longest wait; 0 only looks, -1 is endless.</param>
    /// <returns>Their number.</returns>
    public int Wait(int milliseconds)
    {
        var found = epoll_wait(_queue, _events, _events.Length / EventBytes, milliseconds);
        if (found < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return Math.Max(found, 0);
    }

    /// <summary>The event at a place below the number that <see cref="Wait"/> returned.</summary>
    /// <returns>What happened, and the number it was registered under; the alarm has the greatest.</returns>
    public (uint What, ulong Number) this[int index]
    {
        get
        {
            var at = index * EventBytes;
            return (BitConverter.ToUInt32(_events, at), BitConverter.ToUInt64(_events, at + DataOffset));
        }
    }

    /// <summary>Sleeps, whatever happens meanwhile; as exact as the kernel's timer slack, 50 microseconds.</summary>
    public static void Rest(TimeSpan time)
    {
        Span<long> request = [time.Ticks / TimeSpan.TicksPerSecond, time.Ticks % TimeSpan.TicksPerSecond * 100];
        _ = nanosleep(ref request[0], 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = close(_queue);
        _ = close(_alarm);
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    private void Control(int what, int descriptor, ulong number)
    {
        var entry = new byte[EventBytes];
        BitConverter.TryWriteBytes(entry, Watched);
        BitConverter.TryWriteBytes(entry.AsSpan(DataOffset), number);
        Checked(epoll_ctl(_queue, what, descriptor, entry));
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(int queue, int what, int descriptor, byte[] entry);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(int queue, byte[] events, int capacity, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern int eventfd(uint initial, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int nanosleep(ref long request, nint remaining);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
