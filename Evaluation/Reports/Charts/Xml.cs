using System.Text;
using System.Xml;

namespace RLSeq.Evaluation.Charts;

/// <summary>Text that XML can hold. Escaping is done by the XML writer; what no escape can express is replaced here.</summary>
internal static class Xml
{
    /// <summary>Replaces characters that XML forbids (controls, lone surrogates) by U+FFFD, and normalises line ends.</summary>
    public static string Clean(string text)
    {
        text = text.ReplaceLineEndings("\n");
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else if (!XmlConvert.IsXmlChar(text[i])) (clean ??= new StringBuilder(text))[i] = '\uFFFD';
        }
        return clean?.ToString() ?? text;
    }
}
