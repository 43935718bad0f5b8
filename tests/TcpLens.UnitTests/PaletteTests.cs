using TcpLens.Core.Model;
using Xunit;

namespace TcpLens.UnitTests;

/// <summary>The one palette: readable on light and dark, and eleven colours for every eye.</summary>
public sealed class PaletteTests
{
    /// <summary>WCAG 2.2, success criterion 1.4.11 (graphics and large text).</summary>
    private const double LeastContrast = 3;

    /// <summary>Distance in OKLab from which two colours beside each other are told apart at a glance; a just noticeable difference is about 0.02.</summary>
    private const double LeastDistance = 0.06;

    private static readonly Rgb s_dark = new(0x16, 0x18, 0x1d);
    private static readonly Rgb s_light = new(0xff, 0xff, 0xff);

    /// <summary>Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.</summary>
    private static readonly Dictionary<string, double[]> s_eyes = new(StringComparer.Ordinal)
    {
        ["normal"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    public static TheoryData<string> Eyes => [.. s_eyes.Keys];

    [Fact]
    public void Every_colour_is_readable_on_light_and_on_dark() => Assert.All(TcpStates.All, info =>
    {
        Assert.True(Contrast(info.Colour, s_light) >= LeastContrast, $"{info.Name} {info.Colour} on light");
        Assert.True(Contrast(info.Colour, s_dark) >= LeastContrast, $"{info.Name} {info.Colour} on dark");
    });

    [Theory]
    [MemberData(nameof(Eyes))]
    public void Any_two_states_are_told_apart_by(string eye)
    {
        foreach (var left in TcpStates.All)
        {
            foreach (var right in TcpStates.All.Where(other => other.State > left.State))
            {
                double distance = Distance(Seen(left.Colour, s_eyes[eye]), Seen(right.Colour, s_eyes[eye]));
                Assert.True(distance >= LeastDistance, $"{left.Name} {left.Colour} and {right.Name} {right.Colour}: {distance:0.000}");
            }
        }
    }

    [Fact]
    public void Every_group_keeps_to_its_hue() => Assert.All(TcpStates.All, info =>
    {
        var (_, a, b) = Lab(Linear(info.Colour));
        double hue = (Math.Atan2(b, a) * 180 / Math.PI + 360) % 360;
        double chroma = Math.Sqrt((a * a) + (b * b));
        var (least, most) = info.Group switch
        {
            StateGroup.Opening => (50, 85),
            StateGroup.Open => (140, 170),
            StateGroup.ClosingByUs => (220, 280),
            StateGroup.ClosingByPeer => (5, 35),
            _ => (0, 360),
        };
        Assert.InRange(hue, least, most);
        Assert.Equal(info.Group == StateGroup.Idle, chroma < 0.04);
    });

    private static double Contrast(Rgb left, Rgb right)
    {
        double one = Luminance(Linear(left)), other = Luminance(Linear(right));
        return (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
    }

    private static double Luminance((double R, double G, double B) linear) => (0.2126 * linear.R) + (0.7152 * linear.G) + (0.0722 * linear.B);

    private static (double L, double A, double B) Seen(Rgb colour, double[] eye)
    {
        var (r, g, b) = Linear(colour);
        double Channel(int row) => Math.Clamp((eye[row] * r) + (eye[row + 1] * g) + (eye[row + 2] * b), 0, 1);
        return Lab((Channel(0), Channel(3), Channel(6)));
    }

    private static (double R, double G, double B) Linear(Rgb colour)
    {
        static double One(byte channel)
        {
            double value = channel / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (One(colour.Red), One(colour.Green), One(colour.Blue));
    }

    /// <summary>OKLab (Ottosson 2020).</summary>
    private static (double L, double A, double B) Lab((double R, double G, double B) linear)
    {
        double l = Math.Cbrt((0.4122214708 * linear.R) + (0.5363325363 * linear.G) + (0.0514459929 * linear.B));
        double m = Math.Cbrt((0.2119034982 * linear.R) + (0.6806995451 * linear.G) + (0.1073969566 * linear.B));
        double s = Math.Cbrt((0.0883024619 * linear.R) + (0.2817188376 * linear.G) + (0.6299787005 * linear.B));
        return (
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    private static double Distance((double L, double A, double B) left, (double L, double A, double B) right) =>
        Math.Sqrt(Math.Pow(left.L - right.L, 2) + Math.Pow(left.A - right.A, 2) + Math.Pow(left.B - right.B, 2));
}
