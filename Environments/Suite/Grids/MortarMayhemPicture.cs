using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Draws <see cref="MortarMayhemGrid"/> in the places, sizes and colours of the original: tiles of 14 pixels, blue or burning, the
/// character, and the command as a white symbol in the middle.
/// </summary>
internal static class MortarMayhemPicture
{
    private const int Tile = 14, Border = (MemoryGymPicture.Size - (MortarMayhemArena.Side * Tile)) / 2;
    private const double Middle = MemoryGymPicture.Size / 2.0;
    private static readonly Color Blue = new(21, 43, 77), LightBlue = new(29, 60, 107), Red = new(81, 18, 26), LightRed = new(112, 24, 36);

    public static void Draw(Raster raster, MemoryGymWalker walker, int shownCommand, int safeTile)
    {
        raster.Clear(Color.Black);
        for (int tile = 0; tile < MortarMayhemArena.Side * MortarMayhemArena.Side; tile++)
        {
            bool burns = safeTile >= 0 && tile != safeTile;
            int left = Border + (tile % MortarMayhemArena.Side * Tile), top = Border + (tile / MortarMayhemArena.Side * Tile);
            raster.FillRectangle(left, top, Tile, Tile, burns ? LightRed : LightBlue);
            raster.FillRectangle(left + 1, top + 1, Tile - 2, Tile - 2, burns ? Red : Blue);
        }
        raster.DrawWalker(Border + ((walker.X + 0.5) * Tile), Border + ((walker.Y + 0.5) * Tile), walker.Direction);
        if (shownCommand >= 0) DrawCommand(raster, shownCommand);
    }

    private static void DrawCommand(Raster raster, int command)
    {
        const double Half = 10, Thickness = 2;
        if (command == MortarMayhemArena.CommandKinds - 1)
        {
            // Stay: a ring with a bar.
            const int Corners = 24;
            for (int i = 0; i < Corners; i++)
            {
                double from = 2 * Math.PI * i / Corners, to = 2 * Math.PI * (i + 1) / Corners, radius = Half - (Thickness / 2);
                raster.DrawLine(
                    Middle + (radius * PortableMath.Cos(from)), Middle + (radius * PortableMath.Sin(from)),
                    Middle + (radius * PortableMath.Cos(to)), Middle + (radius * PortableMath.Sin(to)), Thickness, Color.White);
            }
            raster.DrawLine(Middle - Half + 1, Middle, Middle + Half - 1, Middle, Thickness, Color.White);
            return;
        }
        (double dx, double dy) = command switch { 0 => (1.0, 0.0), 1 => (0.0, 1.0), 2 => (-1.0, 0.0), _ => (0.0, -1.0) };
        double tipX = Middle + (Half * dx), tipY = Middle + (Half * dy);
        raster.DrawLine(Middle - (Half * dx), Middle - (Half * dy), tipX, tipY, Thickness, Color.White);
        raster.DrawLine(tipX, tipY, Middle - (Half * dy), Middle + (Half * dx), Thickness, Color.White);
        raster.DrawLine(tipX, tipY, Middle + (Half * dy), Middle - (Half * dx), Thickness, Color.White);
    }
}
