namespace RLSeq.Agents;

/// <summary>What becomes of the input of a Transformer layer's part when the part has made its output of it.</summary>
public enum ResidualConnection
{
    /// <summary>The output is added to it.</summary>
    Sum,

    /// <summary>
    /// A gate like that of a recurrent unit mixes the two (GTrXL, Parisotto et al. 2020): with the input x and the rectified output y,
    /// <c>r = σ(W_r y + U_r x)</c>, <c>z = σ(W_z y + U_z x − b)</c>, <c>n = tanh(W_g y + U_g (r·x))</c>, it is <c>x + z·(n − x)</c>.
    /// </summary>
    Gate,

    /// <summary>The output takes its place.</summary>
    None,
}
