using System.Net;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;

namespace IntegrityGate.Tests.Access;

/// <summary>Publishers as the RTMP server describes them.</summary>
internal static class Publishers
{
    public static PublishRequest Of(string app, string key, string remote = "192.0.2.7")
    {
        var connect = new AmfObject();
        connect.Add("swfUrl", "rtmp://gate/swf");
        connect.Add("pageUrl", "http://page/");
        return new PublishRequest("c1", new IPEndPoint(IPAddress.Parse(remote), 5000), app, $"rtmp://gate.example/{app}", new StreamKey(key), "FMLE/3.0", "live", connect);
    }
}
