using System.Globalization;
using TcpLens.Core.Text;

namespace TcpLens.LocalSocket;

/// <summary>A group of users, by its name or number.</summary>
internal static class UserGroup
{
    /// <summary>The number of the group.</summary>
    /// <exception cref="LocalSocketException">There is no such group.</exception>
    public static uint Find(string nameOrNumber)
    {
        if (uint.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return number;
        foreach (string line in File.Exists("/etc/group") ? File.ReadLines("/etc/group") : [])
        {
            string[] fields = line.Split(':');
            if (fields.Length >= 3 && fields[0] == nameOrNumber && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out number))
                return number;
        }

        throw new LocalSocketException(new Phrase("there is no group {0} (socket.group)", "没有名为 {0} 的用户组（socket.group）").With(nameOrNumber));
    }
}
