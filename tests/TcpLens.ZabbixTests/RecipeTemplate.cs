using System.Text;
using TcpLens.Outputs.Zabbix;

namespace TcpLens.ZabbixTests;

/// <summary>The template of a site that has the netstat recipe: one item for each of its keys.</summary>
internal static class RecipeTemplate
{
    public const string Name = "Recipe of eleven keys";

    public static string Text(string delay)
    {
        var text = new StringBuilder($"""
            zabbix_export:
              version: '6.0'
              groups:
                - uuid: 7df96b18c230490a9a0a9e2307226338
                  name: Templates
              templates:
                - uuid: 4c1f6a0b7e5d4a3f8a1b2c3d4e5f6a7b
                  template: '{Name}'
                  name: '{Name}'
                  groups:
                    - name: Templates
                  items:

            """);
        foreach (var (index, key) in RecipeKeys.All.Index())
        {
            text.Append($"""
                        - uuid: 4c1f6a0b7e5d4a3f8a1b2c3d4e5f{index:x4}
                          name: 'Sockets in {key}'
                          key: {key}
                          delay: {delay}

                """);
        }

        return text.ToString();
    }
}
