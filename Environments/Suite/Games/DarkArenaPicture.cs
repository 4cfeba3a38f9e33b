using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>Draws <see cref="DarkArena"/>: what the player sees in full colour, the rest dim.</summary>
internal static class DarkArenaPicture
{
    private const int Scale = 20;
    public const int Width = (int)DarkArenaWorld.Width * Scale, Height = (int)DarkArenaWorld.Height * Scale;
    private static readonly Color Dark = new(16, 18, 28), Lit = new(58, 62, 80), Player = new(90, 170, 255), Coin = new(255, 205, 40), DimCoin = new(90, 74, 30);
    private static readonly Color Hunter = new(230, 60, 50), DimHunter = new(80, 30, 34);

    public static void Draw(Raster raster, DarkArenaWorld world, bool isLit, int ticksLeft)
    {
        DarkArenaWorld.Body player = world.Player;
        raster.Clear(Dark);
        raster.FillDisc(Scale * player.X, Scale * player.Y, Scale * DarkArenaWorld.Sight, Lit);
        for (int i = 0; i < DarkArenaWorld.Coins; i++)
        {
            if (world.IsTaken(i)) continue;
            (double x, double y) = world.CoinPlaces[i];
            raster.FillDisc(Scale * x, Scale * y, Scale * DarkArenaWorld.CoinRadius, isLit || IsNear(player, x, y) ? Coin : DimCoin);
        }
        foreach (DarkArenaWorld.Body hunter in world.HunterBodies)
        {
            raster.FillDisc(Scale * hunter.X, Scale * hunter.Y, Scale * DarkArenaWorld.HunterRadius, IsNear(player, hunter.X, hunter.Y) ? Hunter : DimHunter);
            raster.DrawLine(Scale * hunter.X, Scale * hunter.Y, Scale * (hunter.X + (0.15 * hunter.VelocityX)), Scale * (hunter.Y + (0.15 * hunter.VelocityY)), 3, Dark);
        }
        raster.FillDisc(Scale * player.X, Scale * player.Y, Scale * DarkArenaWorld.PlayerRadius, Player);
        raster.DrawRectangle(0, 0, Width, Height, 2, Color.Gray(120));
        raster.DrawNumber(6, 6, 3, world.Taken, Coin);
        raster.DrawNumber(Width - 36, 6, 3, Math.Max(0, ticksLeft) / 60, Color.Gray(160));
    }

    public static void Write(TextWriter output, string title, DarkArenaWorld world)
    {
        var canvas = new TextCanvas(50, 20);
        for (int x = 0; x < canvas.Width; x++) Put(canvas, x, 0, canvas.Height - 1, '-');
        for (int y = 0; y < canvas.Height; y++)
        {
            canvas.Put(0, y, '|');
            canvas.Put(canvas.Width - 1, y, '|');
        }
        for (int i = 0; i < DarkArenaWorld.Coins; i++)
            if (!world.IsTaken(i)) PutBody(canvas, world.CoinPlaces[i].X, world.CoinPlaces[i].Y, 'o');
        foreach (DarkArenaWorld.Body hunter in world.HunterBodies) PutBody(canvas, hunter.X, hunter.Y, 'H');
        PutBody(canvas, world.Player.X, world.Player.Y, '@');
        output.WriteLine(title);
        canvas.Write(output);
    }

    private static void Put(TextCanvas canvas, int x, int top, int bottom, char letter)
    {
        canvas.Put(x, top, letter);
        canvas.Put(x, bottom, letter);
    }

    private static void PutBody(TextCanvas canvas, double x, double y, char letter) => canvas.Put(
        1 + (int)(x / DarkArenaWorld.Width * (canvas.Width - 2)), 1 + (int)(y / DarkArenaWorld.Height * (canvas.Height - 2)), letter);

    private static bool IsNear(DarkArenaWorld.Body player, double x, double y)
    {
        double dx = x - player.X, dy = y - player.Y;
        return (dx * dx) + (dy * dy) < DarkArenaWorld.Sight * DarkArenaWorld.Sight;
    }
}
