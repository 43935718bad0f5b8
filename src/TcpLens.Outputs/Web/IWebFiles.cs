namespace TcpLens.Outputs.Web;

/// <summary>The files that the dashboard consists of.</summary>
public interface IWebFiles
{
    /// <summary>The file of a path without a leading slash: <c>index.html</c>, <c>assets/index-4f3a.js</c>. <see langword="null"/> when there is none.</summary>
    WebFile? Find(string path);
}
