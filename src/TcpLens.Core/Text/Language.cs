namespace TcpLens.Core.Text;

/// <summary>The languages in which TcpLens speaks to people. Machine formats (JSON, CSV, metrics) are the same in both.</summary>
public enum Language
{
    English,
    Chinese,
}
