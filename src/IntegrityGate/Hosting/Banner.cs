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

    public static void Print(TextWriter output, GateOptions options, IReadOnlyList<IPEndPoint> listening)
    {
        var (rtmp, http, grpc) = (listening[0], listening[1], listening[2]);
        var tls = listening.Count > 3 ? $"\n  tls      rtmps://{Host(listening[3])}/live/<key>" : "";
        output.WriteLine($"""
            IntegrityGate {Version}
              publish  rtmp://{Host(rtmp)}/live/<key>   (OBS: server rtmp://{Host(rtmp)}/live, stream key <key>){tls}
              watch    http://{Host(http)}/live/<key>.flv   or   rtmp://{Host(rtmp)}/live/<key>
              page     http://{Host(http)}/
              feed     {Host(grpc)}   (gRPC, integritygate.v1.ViolationFeed; reflection is on)
              metrics  http://{Host(http)}/metrics
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
