using System.Net.Http.Headers;
using System.Text;

namespace IntegrityGate.Access;

/// <summary>The one HTTP client of hooks and key sets.</summary>
internal static class AccessClient
{
    /// <summary>
    /// A client that follows no redirect (an answer must come from the configured place), keeps no cookies, and has no timeout
    /// of its own: each call brings one.
    /// </summary>
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 32, // 200 publishes a second at 100 ms are 20
        MaxResponseHeadersLength = 16, // KiB: answers have one
        MaxResponseDrainSize = 64 << 10,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // so that a change in DNS is noticed
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>A request to a URL whose user and password, if it has any, go into the header that they are meant for.</summary>
    public static HttpRequestMessage Request(HttpMethod method, Uri url)
    {
        var request = new HttpRequestMessage(method, new UriBuilder(url) { UserName = "", Password = "", Fragment = "" }.Uri);
        if (url.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        return request;
    }
}
