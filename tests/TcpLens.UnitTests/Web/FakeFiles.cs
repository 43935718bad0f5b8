using System.Text;
using TcpLens.Outputs.Web;

namespace TcpLens.UnitTests.Web;

/// <summary>A dashboard of two files, one of them compressed.</summary>
internal sealed class FakeFiles : IWebFiles
{
    public WebFile? Find(string path) => path switch
    {
        "index.html" => new WebFile(Encoding.UTF8.GetBytes("<!doctype html><title>TcpLens</title>"), null, "aa11"),
        "assets/index-4f3a.js" => new WebFile(Encoding.UTF8.GetBytes("plain"), Encoding.UTF8.GetBytes("compressed"), "bb22"),
        _ => null,
    };
}
