using System.Net;
using System.Reflection;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting;

/// <summary>Tells a person where to publish, watch and look.</summary>
internal static class Banner
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static void Print(TextWriter output, GateOptions options, IReadOnlyList<IPEndPoint> streams, IReadOnlyList<IPEndPoint> others)
    {
        var (rtmp, http, grpc) = (streams[0], others[0], others[1]);
        var tls = streams.Count > 1 ? $"\n  tls      rtmps://{Host(streams[1])}/live/<key>" : "";
        var web = (options.Http.Tls ? "https://" : "http://") + Host(http);
        output.WriteLine($"""
            IntegrityGate {Version}
              publish  rtmp://{Host(rtmp)}/live/<key>   (OBS: server rtmp://{Host(rtmp)}/live, stream key <key>){tls}
              watch    {web}/live/<key>.flv   or   rtmp://{Host(rtmp)}/live/<key>
              page     {web}/
              feed     {Host(grpc)}   (gRPC{(options.Grpc.Tls ? " over TLS" : "")}, integritygate.v1.ViolationFeed; reflection is on)
              metrics  {web}/metrics
              upstream {options.Upstream.Target?.ToString() ?? "none: streams are kept in the gate for playing"}
              access   {options.Access.Summary}
              ready
            """);
        output.Flush();
    }

    private static string Host(IPEndPoint endpoint)
    {
        var address = endpoint.Address.Equals(IPAddress.IPv6Any) || endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : endpoint.Address;
        return new IPEndPoint(address, endpoint.Port).ToString();
    }
}
