using System.Globalization;
using System.IO.Enumeration;

namespace TcpLens.Linux.Namespaces;

/// <summary>The processes that /proc shows to this user, in no order. Makes no string for any of them.</summary>
internal static class ProcessList
{
    public static IEnumerable<int> Of(string proc)
    {
        // Nothing is skipped by attribute: the attributes would cost one more call for every entry.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
        return new FileSystemEnumerable<int>(proc, Number, options)
        {
            ShouldIncludePredicate = (ref entry) => entry.FileName.IndexOfAnyExceptInRange('0', '9') < 0 && Number(ref entry) > 0,
        };
    }

    private static int Number(ref FileSystemEntry entry) =>
        int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
