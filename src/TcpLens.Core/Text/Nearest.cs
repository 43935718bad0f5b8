namespace TcpLens.Core.Text;

/// <summary>Finds what a person probably meant: the nearest word of a list, for "unknown state 'estblished': did you mean 'established'?".</summary>
public static class Nearest
{
    /// <summary>Words longer than this are no typing mistakes; the limit keeps the tables on the stack.</summary>
    public const int MaxLength = 64;

    /// <summary>
    /// The candidate nearest to <paramref name="word"/>, whatever the case; the first of equals. <see langword="null"/> when none is nearer
    /// than a third of the word's length (at least one edit).
    /// </summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > MaxLength)
            return null;
        int limit = Math.Max(1, word.Length / 3);
        string? nearest = null;
        foreach (string candidate in candidates)
        {
            // A distance as long as the word itself would replace every letter of it.
            if (candidate.Length is 0 or > MaxLength || Math.Abs(candidate.Length - word.Length) > limit)
                continue;
            int distance = Distance(word, candidate);
            if (distance > limit || distance >= Math.Max(word.Length, candidate.Length))
                continue;
            if (distance == 0)
                return candidate;
            nearest = candidate;
            limit = distance - 1;
        }

        return nearest;
    }

    /// <summary>
    /// The number of inserted, deleted, replaced or swapped neighbouring letters between two words (Damerau-Levenshtein, no letter edited
    /// twice), whatever the case.
    /// </summary>
    private static int Distance(string left, string right)
    {
        Span<int> beforePrevious = stackalloc int[right.Length + 1];
        Span<int> previous = stackalloc int[right.Length + 1];
        Span<int> current = stackalloc int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
            current[column] = column;

        for (int row = 1; row <= left.Length; row++)
        {
            var oldest = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = oldest;
            current[0] = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int replaced = previous[column - 1] + (Same(left[row - 1], right[column - 1]) ? 0 : 1);
                int best = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                    best = Math.Min(best, beforePrevious[column - 2] + 1);
                current[column] = best;
            }
        }

        return current[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
