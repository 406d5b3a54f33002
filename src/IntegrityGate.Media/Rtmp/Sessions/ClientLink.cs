using System.Buffers;
using System.Net.Sockets;
using System.Security.Authentication;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp.Chunks;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>The session layer of a client, for publishing and playing alike: brings the connection up stage by stage, then reads messages.</summary>
internal sealed class ClientLink : IAsyncDisposable
{
    private readonly RtmpTarget _target;
    private readonly RtmpClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientTransport _transport;
    private readonly ChunkReader _reader;
    private readonly PeerControl _control;
    private double _transaction;

    private ClientLink(RtmpTarget target, RtmpClientOptions options, PacketPool pool, TimeProvider time, ClientTransport transport)
    {
        _target = target;
        _options = options;
        _time = time;
        _transport = transport;
        Output = new RtmpOutput(transport.Output, time);
        _reader = new ChunkReader(pool, options.Limits, time);
        _control = new PeerControl(options.Limits.WindowAckBytes);
    }

    /// <summary>The writing half.</summary>
    public RtmpOutput Output { get; }

    /// <summary>The message stream that the server made for us.</summary>
    public uint Stream { get; private set; }

    /// <summary>What the server said of enhanced RTMP.</summary>
    public RtmpCapabilities ServerCapabilities { get; private set; } = RtmpCapabilities.None;

    /// <summary>Lets media through.</summary>
    public bool AcceptMedia { get => _reader.AcceptMedia; set => _reader.AcceptMedia = value; }

    /// <summary>Connects, up to and including createStream.</summary>
    /// <exception cref="RtmpRefusedException">The server said no.</exception>
    /// <exception cref="RtmpFailedException">The network or the server failed.</exception>
    /// <exception cref="RtmpTimeoutException">A stage took too long.</exception>
    public static async Task<ClientLink> OpenAsync(
        RtmpTarget target, RtmpClientOptions options, PacketPool pool, TimeProvider time, bool isPublisher, CancellationToken ct)
    {
        var socket = await StageAsync(
            target, options, time, RtmpStage.Connect, options.ConnectTimeout, token => ClientTransport.ConnectAsync(target, token), ct).ConfigureAwait(false);
        var transport = target.IsTls
            ? await StageAsync(
                target, options, time, RtmpStage.Tls, options.TlsTimeout, token => ClientTransport.TlsAsync(socket, target, options, token), ct).ConfigureAwait(false)
            : ClientTransport.Plain(socket);
        var link = new ClientLink(target, options, pool, time, transport);
        try
        {
            await link.StageAsync(
                RtmpStage.Handshake,
                options.HandshakeTimeout,
                token => HandshakeExchange.CallAsync(transport.Input, link.Output, token),
                ct).ConfigureAwait(false);
            await link.StageAsync(RtmpStage.ConnectCommand, options.CommandTimeout, link.ConnectAsync, ct).ConfigureAwait(false);
            await link.StageAsync(
                RtmpStage.CreateStream, options.CommandTimeout, token => link.CreateStreamAsync(isPublisher, token), ct).ConfigureAwait(false);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks to publish or to play, and waits until the server says that it may begin.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="command">The command.</param>
    /// <param name="how">What stands in the command behind the stream name.</param>
    /// <param name="code">The status that means success.</param>
    /// <param name="ct">Cancels.</param>
    public Task BeginAsync(RtmpStage stage, string command, AmfValue how, string code, CancellationToken ct) => StageAsync(
        stage,
        _options.CommandTimeout,
        async token =>
        {
            var transaction = await SendCommandAsync(Stream, command, token, AmfNull.Value, _options.Key.Secret, how).ConfigureAwait(false);
            return await WaitForStatusAsync(stage, code, transaction, token).ConfigureAwait(false);
        },
        ct);

    /// <summary>Writes a command and flushes.</summary>
    /// <returns>The transaction id it went out with.</returns>
    public async ValueTask<double> SendCommandAsync(uint stream, string name, CancellationToken ct, params AmfValue[] values)
    {
        await Output.EnterAsync(ct).ConfigureAwait(false);
        try
        {
            Output.WriteCommand(stream, name, ++_transaction, values);
            if (!await Output.FlushAsync(ct).ConfigureAwait(false))
                throw new IOException("the server no longer reads");
            return _transaction;
        }
        finally
        {
            Output.Leave();
        }
    }

    /// <summary>Reads the next message that is not of the control kind; its body is held for the caller.</summary>
    /// <returns>Null when the server closed.</returns>
    /// <exception cref="IOException">The connection was lost, or the server broke the protocol.</exception>
    public async ValueTask<RtmpMessage?> ReadAsync(CancellationToken ct)
    {
        while (_reader.HasPending)
        {
            var none = ReadOnlySequence<byte>.Empty;
            if (_reader.Read(ref none, out var pending) == ChunkReadStatus.Ok)
                return pending;
        }

        while (true)
        {
            var result = await _transport.Input.ReadAsync(ct).ConfigureAwait(false);
            var buffer = result.Buffer;
            var length = buffer.Length;
            RtmpMessage? found = null;
            var status = _reader.Read(ref buffer, out var message);
            if (status == ChunkReadStatus.Ok)
                found = Take(message);
            _control.Count(length - buffer.Length);

            // What is left may hold whole messages already: marking it examined only when more is needed keeps it readable.
            _transport.Input.AdvanceTo(buffer.Start, status == ChunkReadStatus.NeedMore ? buffer.End : buffer.Start);
            if (status == ChunkReadStatus.Malformed)
                throw new IOException(_reader.Error);
            if (_control.Owes)
                await PayAsync(ct).ConfigureAwait(false);
            if (found is not null)
                return found;
            if (result.IsCompleted && status == ChunkReadStatus.NeedMore)
                return null;
        }
    }

    /// <summary>Reads a command body; null for what is none.</summary>
    public RtmpCommand? ReadCommand(RtmpMessage message) =>
        message.Type is MessageType.CommandAmf0 or MessageType.CommandAmf3 && message.Body is { } body
            && RtmpCommand.TryRead(body.Payload.Span, _options.Limits.Amf, out var command, out _) ? command : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _reader.Dispose();
    }

    private static bool IsError(AmfObject information) =>
        information.Text("level") == "error"
        || information.Text("code") is { } code && (code.EndsWith(".BadName", StringComparison.Ordinal)
            || code.EndsWith(".Denied", StringComparison.Ordinal) || code.EndsWith(".Failed", StringComparison.Ordinal)
            || code.EndsWith(".Rejected", StringComparison.Ordinal) || code.EndsWith(".StreamNotFound", StringComparison.Ordinal));

    // Runs one stage with its time limit; what goes wrong says in which stage it did.
    private static async Task<T> StageAsync<T>(
        RtmpTarget target, RtmpClientOptions options, TimeProvider time, RtmpStage stage, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var started = time.GetTimestamp();
        try
        {
            var result = await work(both.Token).ConfigureAwait(false);
            options.StageDone?.Invoke(stage, time.GetElapsedTime(started));
            return result;
        }
        catch (Exception exception) when (limit.IsCancellationRequested && !ct.IsCancellationRequested && exception is not RtmpRefusedException)
        {
            throw new RtmpTimeoutException(target.ToString(), stage, timeout, exception);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or ObjectDisposedException)
        {
            throw new RtmpFailedException(target.ToString(), stage, exception);
        }
    }

    private Task<T> StageAsync<T>(RtmpStage stage, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken ct) =>
        StageAsync(_target, _options, _time, stage, timeout, work, ct);

    private async Task<bool> ConnectAsync(CancellationToken ct)
    {
        var properties = new AmfObject
        {
            { "app", _options.App ?? _target.App },
            { "type", "nonprivate" },
            { "flashVer", _options.FlashVer },
            { "tcUrl", _options.TcUrl ?? _target.TcUrl },
        };
        _options.Capabilities.Offer(properties);
        foreach (var (name, value) in _options.ConnectProperties?.Properties ?? [])
        {
            if (properties[name] is null)
                properties.Add(name, value);
        }

        await Output.EnterAsync(ct).ConfigureAwait(false);
        double transaction;
        try
        {
            Output.WriteChunkSize(_options.Limits.OutboundChunkSize);
            Output.WriteCommand(0, "connect", transaction = ++_transaction, properties);
            if (!await Output.FlushAsync(ct).ConfigureAwait(false))
                throw new IOException("the server no longer reads");
        }
        finally
        {
            Output.Leave();
        }

        var answer = await WaitForResultAsync(RtmpStage.ConnectCommand, transaction, ct).ConfigureAwait(false);
        var said = RtmpCapabilities.Read(answer.Information);
        ServerCapabilities = said.IsLegacy ? RtmpCapabilities.Read(answer.Object) : said;
        return true;
    }

    private async Task<bool> CreateStreamAsync(bool isPublisher, CancellationToken ct)
    {
        if (isPublisher)
        {
            // As FMLE and OBS do; some servers free the name on the first and announce the stream on the second. Answers are not waited for.
            await SendCommandAsync(0, "releaseStream", ct, AmfNull.Value, _options.Key.Secret).ConfigureAwait(false);
            await SendCommandAsync(0, "FCPublish", ct, AmfNull.Value, _options.Key.Secret).ConfigureAwait(false);
        }

        var transaction = await SendCommandAsync(0, "createStream", ct, AmfNull.Value).ConfigureAwait(false);
        var answer = await WaitForResultAsync(RtmpStage.CreateStream, transaction, ct).ConfigureAwait(false);
        Stream = answer.NumberAt(0) is >= 1 and <= uint.MaxValue and var id ? (uint)id : 1;
        return true;
    }

    // Throws when it is a refusal; errors of earlier commands (releaseStream, FCPublish) are none.
    private async Task<bool> WaitForStatusAsync(RtmpStage stage, string code, double transaction, CancellationToken ct)
    {
        while (true)
        {
            var command = await ReadCommandAsync(stage, ct).ConfigureAwait(false);
            var information = command.Information;
            if (command.Name is "onStatus" && information.Text("code") == code)
                return true;
            if ((command.Name == "_error" && command.Transaction == transaction) || (command.Name == "onStatus" && IsError(information)))
                throw Refusal(stage, information);
        }
    }

    private async Task<RtmpCommand> WaitForResultAsync(RtmpStage stage, double transaction, CancellationToken ct)
    {
        while (true)
        {
            var command = await ReadCommandAsync(stage, ct).ConfigureAwait(false);
            if (command.Name == "_result" && command.Transaction == transaction)
                return command;
            if ((command.Name == "_error" && command.Transaction == transaction)
                || (command.Name == "onStatus" && IsError(command.Information)))
            {
                throw Refusal(stage, command.Information);
            }
        }
    }

    private async Task<RtmpCommand> ReadCommandAsync(RtmpStage stage, CancellationToken ct)
    {
        while (true)
        {
            if (await ReadAsync(ct).ConfigureAwait(false) is not { } message)
                throw new RtmpRefusedException(_target.ToString(), stage, "closed", "the server closed the connection without an answer");
            var command = ReadCommand(message);
            message.Body?.Release();
            if (command is { Name: "close" })
                throw new RtmpRefusedException(_target.ToString(), stage, "closed", "the server asked to close");
            if (command is not null)
                return command;
        }
    }

    private RtmpRefusedException Refusal(RtmpStage stage, AmfObject information) =>
        new(_target.ToString(), stage, information.Text("code") ?? "_error", information.Text("description") ?? "");

    private RtmpMessage? Take(RtmpMessage message)
    {
        if (message.Body is not { } body)
            return null;
        if (message.IsMedia || message.Type is MessageType.CommandAmf0 or MessageType.CommandAmf3)
            return message;
        _control.Take(message.Type, body.Payload.Span);
        body.Release();
        return null;
    }

    private async ValueTask PayAsync(CancellationToken ct)
    {
        await Output.EnterAsync(ct).ConfigureAwait(false);
        try
        {
            _control.WriteOwed(Output);
            if (!await Output.FlushAsync(ct).ConfigureAwait(false))
                throw new IOException("the server no longer reads");
        }
        finally
        {
            Output.Leave();
        }
    }
}
